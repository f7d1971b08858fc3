using System.IO.Abstractions;

class Uses
{
    static async Task Directly(IFileSystem files)
    {
        var text = files.File.ReadAllText("a"); //! AGD0103
        files.File.WriteAllBytes("a", [1]); //! AGD0103
        var exists = files.File.Exists("a");
        files.File.Copy("a", "b"); //! AGD0104
        files.Directory.CreateDirectory("d");
        files.File.Delete("a");
        await Task.Yield();
    }

    static async Task Through(IFileSystem files)
    {
        Read(files); //! AGD0105
        Exists(files);
        await Task.Yield();
    }

    static string Read(IFileSystem files) => files.File.ReadAllText("a");

    static bool Exists(IFileSystem files) => files.File.Exists("a");
}
