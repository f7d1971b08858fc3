using StbImageWriteSharp;

class Uses
{
    static async Task Directly(ImageWriter writer, byte[] data, Stream stream)
    {
        writer.WritePng(data, 8, 8, ColorComponents.RedGreenBlue, stream); //! AGD0104
        writer.WriteJpg(data, 8, 8, ColorComponents.RedGreenBlue, stream, 90); //! AGD0104
        using var memory = new MemoryStream();
        writer.WritePng(data, 8, 8, ColorComponents.RedGreenBlue, memory);
        await Task.Yield();
    }

    static async Task Through(byte[] data, Stream stream)
    {
        Save(data, stream); //! AGD0105
        await Task.Yield();
    }

    static void Save(byte[] data, Stream stream) => new ImageWriter().WriteBmp(data, 8, 8, ColorComponents.RedGreenBlue, stream);
}
