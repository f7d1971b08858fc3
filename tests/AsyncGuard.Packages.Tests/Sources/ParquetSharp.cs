using ParquetSharp;

class Uses
{
    static async Task Directly()
    {
        using var file = new ParquetFileReader("a.parquet"); //! AGD0104
        using var group = file.RowGroup(0);
        using var column = group.Column(0).LogicalReader<long>();
        var values = column.ReadAll(10); //! AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        Load(); //! AGD0105
        await Task.Yield();
    }

    static long[] Load()
    {
        using var file = new ParquetFileReader("a.parquet");
        using var group = file.RowGroup(0);
        return group.Column(0).LogicalReader<long>().ReadAll(10);
    }
}
