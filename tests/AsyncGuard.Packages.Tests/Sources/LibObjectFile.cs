using LibObjectFile.Ar;
using LibObjectFile.Elf;
using LibObjectFile.PE;

class Uses
{
    static async Task Directly(Stream stream, byte[] bytes, ElfFile given)
    {
        var elf = ElfFile.Read(stream); //! AGD0104
        given.Write(stream); //! AGD0104
        var archive = ArArchiveFile.Read(stream, ArArchiveKind.GNU); //! AGD0104
        var executable = PEFile.Read(stream); //! AGD0104
        var inMemory = ElfFile.Read(new MemoryStream(bytes));
        var sections = given.Sections.Count;
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        Read(stream); //! AGD0105
        await Task.Yield();
    }

    static ElfFile Read(Stream stream) => ElfFile.Read(stream);
}
