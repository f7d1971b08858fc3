// System.Drawing.Common
using System;
using System.IO;

namespace System.Drawing.Imaging
{
    public sealed class ImageFormat
    {
        public static ImageFormat Png => throw null!;
    }
}

namespace System.Drawing
{
    public abstract class Image : IDisposable
    {
        public static Image FromStream(Stream stream) => throw null!;
        public static Image FromFile(string filename) => throw null!;
        public void Save(Stream stream, Imaging.ImageFormat format) => throw null!;
        public void Save(string filename) => throw null!;
        public int Width => throw null!;
        public void Dispose() { }
    }

    public sealed class Bitmap : Image
    {
        public Bitmap(string filename) { }
        public Bitmap(Stream stream) { }
        public Bitmap(int width, int height) { }
    }
}
