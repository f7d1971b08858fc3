using NLayer;

class Uses
{
    static async Task Directly(float[] buffer, byte[] bytes, MpegFile given)
    {
        using var file = new MpegFile("song.mp3"); //! AGD0104
        var count = file.ReadSamples(buffer, 0, buffer.Length); //! AGD0104
        var inBytes = given.ReadSamples(bytes, 0, bytes.Length); //! AGD0104
        var rate = given.SampleRate;
        var time = given.Time;
        await Task.Yield();
    }

    static async Task Through(MpegFile file, float[] buffer)
    {
        Read(file, buffer); //! AGD0105
        await Task.Yield();
    }

    static int Read(MpegFile file, float[] buffer) => file.ReadSamples(buffer, 0, buffer.Length);
}
