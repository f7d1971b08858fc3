using Zio;

class Uses
{
    static async Task Directly(IFileSystem files, FileEntry entry)
    {
        var text = files.ReadAllText("/a"); //! AGD0104
        files.WriteAllText("/a", "b"); //! AGD0104
        var bytes = entry.ReadAllBytes(); //! AGD0104
        files.CopyFile("/a", "/b", true); //! AGD0104
        files.DeleteDirectory("/c", true); //! AGD0104
        foreach (var path in files.EnumerateFiles("/", "*", SearchOption.AllDirectories)) Console.WriteLine(path); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(IFileSystem files)
    {
        Load(files); //! AGD0105
        await Task.Yield();
    }

    static string Load(IFileSystem files) => files.ReadAllText("/a");
}
