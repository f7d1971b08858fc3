using ICSharpCode.SharpZipLib.GZip;
using ICSharpCode.SharpZipLib.Tar;

class More
{
    static async Task Directly(TarArchive archive, Stream source, Stream target)
    {
        archive.ExtractContents("/target"); //! AGD0104
        GZip.Compress(source, target, true); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(TarArchive archive)
    {
        Extract(archive); //! AGD0105
        await Task.Yield();
    }

    static void Extract(TarArchive archive) => archive.ExtractContents("/target");
}
