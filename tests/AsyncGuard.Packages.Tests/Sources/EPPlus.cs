using OfficeOpenXml;

class Uses
{
    static async Task Directly(FileInfo file, Stream stream)
    {
        using var package = new ExcelPackage(file); //! AGD0104
        package.Workbook.Worksheets.Add("a");
        package.Save(); //! AGD0104
        package.SaveAs(file); //! AGD0104
        package.SaveAs(stream); //! AGD0104
        using var made = new ExcelPackage();
        var bytes = made.GetAsByteArray();
        await Task.Yield();
    }
}
