using SharpCompress.Archives;
using SharpCompress.Readers;

class Uses
{
    static async Task Directly(IArchive archive, IReader reader)
    {
        archive.WriteToDirectory("d"); //! AGD0104|AGD0103
        while (reader.MoveToNextEntry()) //! AGD0104|AGD0103
            reader.WriteEntryToDirectory("d"); //! AGD0104|AGD0103
        foreach (var entry in archive.Entries) entry.WriteToFile("a"); //! AGD0104|AGD0103
        await Task.Yield();
    }
}
