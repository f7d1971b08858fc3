using Tokenizers.DotNet;

class Uses
{
    static async Task Directly(Tokenizer tokenizer)
    {
        using var own = new Tokenizer("tokenizer.json"); //! AGD0104
        var ids = tokenizer.Encode("text");
        var text = tokenizer.Decode(ids);
        var path = HuggingFace.GetFileFromHub("hub", "file").Result; //! AGD0102
        await Task.Yield();
    }

    static async Task Through()
    {
        using var tokenizer = Make(); //! AGD0105
        await Task.Yield();
    }

    static Tokenizer Make() => new("tokenizer.json");
}
