// SixLabors.ImageSharp
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace SixLabors.ImageSharp.Formats
{
    public interface IImageFormat
    {
    }

    public sealed class DecoderOptions
    {
    }
}

namespace SixLabors.ImageSharp
{
    using Formats;

    public abstract class Image : IDisposable
    {
        public static Image Load(ReadOnlySpan<byte> buffer) => throw null!;
        public static Image Load(DecoderOptions options, ReadOnlySpan<byte> buffer) => throw null!;
        public static Image Load(Stream stream) => throw null!;
        public static Task<Image> LoadAsync(Stream stream, CancellationToken cancellationToken = default) => throw null!;
        public int Width => throw null!;
        public void Dispose() { }
    }

    public static class ImageExtensions
    {
        public static void Save(this Image source, string path) { }
        public static Task SaveAsync(this Image source, string path, CancellationToken cancellationToken = default) => throw null!;
        public static void SaveAsPng(this Image source, string path) { }
        public static void SaveAsPng(this Image source, Stream stream) { }
        public static Task SaveAsPngAsync(this Image source, string path) => throw null!;
        public static Task SaveAsPngAsync(this Image source, Stream stream, CancellationToken cancellationToken = default) => throw null!;
        public static string ToBase64String(this Image source, IImageFormat format) => throw null!;
    }
}
