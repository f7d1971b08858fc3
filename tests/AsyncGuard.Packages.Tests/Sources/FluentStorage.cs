using System.Text;
using FluentStorage;
using FluentStorage.Storage;
using FluentStorage.Utils.Extensions;

class Uses
{
    static async Task Directly(IStore store, Stream stream, CancellationToken token)
    {
        var text = store.GetText("a").Result; //! AGD0102 AGD0301
        text = await store.GetText("a"); //! AGD0301
        text = await store.GetText("a", null, token);
        await store.SetText("a", text); //! AGD0301
        var data = stream.ToByteArray(); //! AGD0104
        text = stream.ToString(Encoding.UTF8); //! AGD0104
        using var disk = StorageFactory.Disk("files");
        var memory = text.ToMemoryStream();
    }

    static void Dropped(IStore store)
    {
        store.SetText("a", "b"); //! AGD0201
    }

    static async Task Through(IStore store)
    {
        var text = Text(store); //! AGD0105
        await Task.Yield();
    }

    static string Text(IStore store) => store.GetText("a").GetAwaiter().GetResult(); //! AGD0108
}
