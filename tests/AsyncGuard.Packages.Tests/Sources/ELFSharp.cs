using ELFSharp.ELF;

class Uses
{
    static async Task Directly(Stream stream)
    {
        using var elf = ELFReader.Load("a.so"); //! AGD0104
        using var other = ELFReader.Load(stream, false); //! AGD0104
        var isElf = ELFReader.TryLoad("a.so", out _); //! AGD0104
        var type = elf.Type;
        var machine = elf.Machine;
        await Task.Yield();
    }

    static async Task Through()
    {
        Machine(); //! AGD0105
        await Task.Yield();
    }

    static Machine Machine()
    {
        using var elf = ELFReader.Load("a.so");
        return elf.Machine;
    }
}
