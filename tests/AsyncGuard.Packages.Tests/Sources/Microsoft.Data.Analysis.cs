using Microsoft.Data.Analysis;

class Uses
{
    static async Task Directly(string path, string text)
    {
        var frame = DataFrame.LoadCsv(path); //! AGD0104
        var other = DataFrame.LoadCsvFromString(text);
        frame.Columns.Add(new StringDataFrameColumn("a"));
        var head = frame.Head(10);
        DataFrame.SaveCsv(frame, path); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(string path)
    {
        Load(path); //! AGD0105
        await Task.Yield();
    }

    static DataFrame Load(string path) => DataFrame.LoadCsv(path);
}
