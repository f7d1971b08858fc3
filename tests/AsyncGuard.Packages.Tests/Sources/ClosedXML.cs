using ClosedXML.Excel;

class Uses
{
    static async Task Directly(Stream stream)
    {
        using var book = new XLWorkbook("a.xlsx"); //! AGD0104
        var sheet = book.Worksheet(1);
        sheet.Cell(1, 1).Value = "a";
        book.Save(); //! AGD0104
        book.SaveAs("b.xlsx"); //! AGD0104
        book.SaveAs(stream); //! AGD0104
        using var made = new XLWorkbook();
        using var memory = new MemoryStream();
        made.SaveAs(memory);
        using var read = new XLWorkbook(memory);
        using var given = new XLWorkbook(stream); //! AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        Load("a.xlsx"); //! AGD0105
        await Task.Yield();
    }

    static string Load(string path)
    {
        using var book = new XLWorkbook(path);
        return book.Worksheet(1).Name;
    }
}
