using UglyToad.PdfPig;

class Uses
{
    static async Task Directly()
    {
        using var document = PdfDocument.Open("a.pdf"); //! AGD0104
        Console.WriteLine(document.NumberOfPages);
        await Task.Yield();
    }
}
