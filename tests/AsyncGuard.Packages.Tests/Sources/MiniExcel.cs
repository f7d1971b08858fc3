using MiniExcelLibs;

class Row
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(IEnumerable<Row> rows)
    {
        var all = MiniExcel.Query<Row>("a.xlsx").ToList(); //! AGD0104
        foreach (var row in MiniExcel.Query("a.xlsx")) Console.WriteLine(row); //! AGD0104
        MiniExcel.SaveAs("b.xlsx", rows); //! AGD0103|AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        Load(); //! AGD0105
        await Task.Yield();
    }

    static List<Row> Load() => MiniExcel.Query<Row>("a.xlsx").ToList();
}
