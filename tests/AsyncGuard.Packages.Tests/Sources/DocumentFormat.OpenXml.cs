using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;

class Uses
{
    static async Task Directly()
    {
        using var read = WordprocessingDocument.Open("a.docx", false); //! AGD0104
        using var made = SpreadsheetDocument.Create("b.xlsx", SpreadsheetDocumentType.Workbook); //! AGD0104
        Console.WriteLine(read.MainDocumentPart?.Document);
        await Task.Yield();
    }
}
