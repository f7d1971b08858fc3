using NPOI.SS.UserModel;
using NPOI.XSSF.UserModel;

class Uses
{
    static async Task Directly(IWorkbook book, Stream stream)
    {
        using var file = File.OpenRead("a.xlsx");
        var read = new XSSFWorkbook(file); //! AGD0104
        var named = new XSSFWorkbook("a.xlsx"); //! AGD0104
        book.Write(stream); //! AGD0104
        var cell = read.GetSheetAt(0).GetRow(0).GetCell(0);
        await Task.Yield();
    }
}
