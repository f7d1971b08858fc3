// Magick.NET.Core
using System;

namespace ImageMagick;

public class MagickImage : IDisposable
{
    public MagickImage(byte[] data) { }
    public MagickImage(string fileName) { }
    public byte[] ToByteArray() => throw null!;
    public void Dispose() { }
}
