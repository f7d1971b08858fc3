using MimeDetective;
using MimeDetective.Extensions;

class Uses
{
    static async Task Directly(FileInfo file, Stream stream, byte[] bytes)
    {
        var type = file.GetFileType(); //! AGD0103
        type = stream.GetFileType(); //! AGD0103
        var isPdf = file.IsPdf(); //! AGD0104
        var isZip = file.IsZip(); //! AGD0104
        type = bytes.GetFileType();
        type = await stream.GetFileTypeAsync();
    }

    static async Task Through(FileInfo file)
    {
        var type = Detect(file); //! AGD0105
        await Task.Yield();
    }

    static FileType Detect(FileInfo file) => file.GetFileType();
}
