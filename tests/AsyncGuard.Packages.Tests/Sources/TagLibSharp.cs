class Uses
{
    static async Task Directly()
    {
        using var file = TagLib.File.Create("a.mp3"); //! AGD0104
        file.Tag.Title = "a";
        file.Save(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        Retitle(); //! AGD0105
        await Task.Yield();
    }

    static void Retitle()
    {
        using var file = TagLib.File.Create("a.mp3");
        file.Tag.Title = "a";
        file.Save();
    }
}
