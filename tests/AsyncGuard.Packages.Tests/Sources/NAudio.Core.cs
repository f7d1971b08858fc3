using NAudio.Wave;

class Uses
{
    static async Task Directly(byte[] buffer, IWaveProvider source)
    {
        using var reader = new WaveFileReader("a.wav"); //! AGD0104
        var read = reader.Read(buffer, 0, buffer.Length); //! AGD0103
        using var writer = new WaveFileWriter("b.wav", new WaveFormat()); //! AGD0104
        writer.Write(buffer, 0, buffer.Length); //! AGD0103
        WaveFileWriter.CreateWaveFile("c.wav", source); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(IWaveProvider source)
    {
        Save(source); //! AGD0105
        await Task.Yield();
    }

    static void Save(IWaveProvider source) => WaveFileWriter.CreateWaveFile("c.wav", source);
}
