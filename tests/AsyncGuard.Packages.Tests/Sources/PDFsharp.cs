using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

class Uses
{
    static async Task Directly(Stream stream)
    {
        using var read = PdfReader.Open("a.pdf", PdfDocumentOpenMode.Import); //! AGD0104
        using var made = new PdfDocument();
        made.AddPage();
        made.Save("b.pdf"); //! AGD0103|AGD0104
        await Task.Yield();
    }
}
