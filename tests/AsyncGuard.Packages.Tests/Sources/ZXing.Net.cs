using ZXing;

class Uses
{
    static async Task Directly(BarcodeReaderGeneric reader, LuminanceSource source, byte[] pixels)
    {
        var found = reader.Decode(source); //! AGD0106
        var all = reader.DecodeMultiple(pixels, 10, 10, RGBLuminanceSource.BitmapFormat.RGB24); //! AGD0106
        await Task.Yield();
    }
}
