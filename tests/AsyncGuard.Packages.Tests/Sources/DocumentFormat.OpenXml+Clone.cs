using System.IO;
using System.Threading.Tasks;
using DocumentFormat.OpenXml.Packaging;

class Copies
{
    static async Task<WordprocessingDocument> Directly(WordprocessingDocument document, string path)
    {
        using var copy = document.Clone(path); //! AGD0104
        await Task.Yield();
        return document.Clone(new MemoryStream());
    }
}
