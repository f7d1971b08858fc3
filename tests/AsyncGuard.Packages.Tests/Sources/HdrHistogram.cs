using HdrHistogram;

class Uses
{
    static async Task Directly(Stream stream, HistogramBase histogram, IRecorder recorder, TextWriter text)
    {
        HistogramLogWriter.Write(stream, DateTime.UtcNow, histogram); //! AGD0104
        using var writer = new HistogramLogWriter(stream);
        writer.Append(histogram); //! AGD0104
        writer.Write(DateTime.UtcNow, histogram); //! AGD0104
        histogram.OutputPercentileDistribution(text); //! AGD0104
        foreach (var read in HistogramLogReader.Read(stream)) recorder.RecordValue(read.TotalCount); //! AGD0104
        recorder.RecordValue(1);
        var mean = histogram.GetMean();
        HistogramLogWriter.Write(new MemoryStream(), DateTime.UtcNow, histogram);
        await Task.Yield();
    }

    static async Task Through(Stream stream, HistogramBase histogram)
    {
        Log(stream, histogram); //! AGD0105
        await Task.Yield();
    }

    static void Log(Stream stream, HistogramBase histogram) => HistogramLogWriter.Write(stream, DateTime.UtcNow, histogram);
}
