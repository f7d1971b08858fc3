using SkiaSharp;

class Uses
{
    static async Task Directly(SKBitmap bitmap, SKImage image, byte[] data)
    {
        using var decoded = SKBitmap.Decode(data); //! AGD0106
        using var encoded = image.Encode(SKEncodedImageFormat.Png, 100); //! AGD0106
        using var resized = bitmap.Resize(new SKImageInfo(10, 10), SKSamplingOptions.Default); //! AGD0106
        var color = bitmap.GetPixel(1, 1);
        await Task.Yield();
    }
}
