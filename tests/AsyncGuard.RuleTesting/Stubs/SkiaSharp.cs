// SkiaSharp
using System;
using System.IO;

namespace SkiaSharp;

public enum SKEncodedImageFormat
{
    Jpeg = 3,
    Png = 4,
}

public class SKData : IDisposable
{
    public void Dispose() { }
}

public class SKBitmap : IDisposable
{
    public SKBitmap(int width, int height) { }
    public static SKBitmap Decode(byte[] buffer) => throw null!;
    public static SKBitmap Decode(Stream stream) => throw null!;
    public static SKBitmap Decode(string filename) => throw null!;
    public SKData Encode(SKEncodedImageFormat format, int quality) => throw null!;
    public void Dispose() { }
}

public class SKImage : IDisposable
{
    public SKData Encode() => throw null!;
    public SKData Encode(SKEncodedImageFormat format, int quality) => throw null!;
    public void Dispose() { }
}

public class SKPixmap : IDisposable
{
    public SKData Encode(SKEncodedImageFormat encoder, int quality) => throw null!;
    public void Dispose() { }
}
