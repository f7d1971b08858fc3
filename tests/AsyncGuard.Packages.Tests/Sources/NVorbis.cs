using NVorbis;

class Uses
{
    static async Task Directly(float[] buffer, VorbisReader given)
    {
        using var reader = new VorbisReader("song.ogg"); //! AGD0104
        var count = reader.ReadSamples(buffer, 0, buffer.Length); //! AGD0104
        reader.SeekTo(TimeSpan.FromSeconds(5)); //! AGD0104
        var rate = given.SampleRate;
        var channels = given.Channels;
        var vendor = given.Tags.EncoderVendor;
        await Task.Yield();
    }

    static async Task Through(VorbisReader reader, float[] buffer)
    {
        Read(reader, buffer); //! AGD0105
        await Task.Yield();
    }

    static int Read(VorbisReader reader, float[] buffer) => reader.ReadSamples(buffer, 0, buffer.Length);
}
