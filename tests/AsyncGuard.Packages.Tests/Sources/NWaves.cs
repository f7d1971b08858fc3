using NWaves.Audio;
using NWaves.Filters.Base;
using NWaves.Signals;
using NWaves.Transforms;

class Uses
{
    static async Task Directly(Stream stream, byte[] bytes, float[] samples, FirFilter filter, DiscreteSignal signal)
    {
        var wave = new WaveFile(stream); //! AGD0104
        wave.SaveTo(stream); //! AGD0104
        var decoded = new WaveFile(bytes);
        var inMemory = new WaveFile(new MemoryStream(bytes));
        var written = decoded.GetBytes();
        var spectrum = new RealFft(1024).PowerSpectrum(signal);
        var one = filter.Process(samples[0]);
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        Read(stream); //! AGD0105
        await Task.Yield();
    }

    static WaveFile Read(Stream stream) => new(stream);
}
