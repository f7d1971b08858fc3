using Deedle;

class Uses
{
    static async Task Directly(Frame<int, string> frame, Stream stream, TextWriter writer)
    {
        var read = Frame.ReadCsv("a.csv"); //! AGD0104
        var streamed = Frame.ReadCsv(stream); //! AGD0104
        frame.SaveCsv("b.csv"); //! AGD0104
        var column = frame.GetColumn<double>("a");
        var sum = column.Sum();
        var inMemory = new StringWriter();
        frame.SaveCsv(inMemory, true, null, ',', null);
        await Task.Yield();
    }

    static async Task Through()
    {
        Read(); //! AGD0105
        await Task.Yield();
    }

    static Frame<int, string> Read() => Frame.ReadCsv("a.csv");
}
