using Microsoft.ML.Tokenizers;

class Uses
{
    static async Task Directly(Tokenizer tokenizer, Stream vocabulary)
    {
        var a = BertTokenizer.Create("vocab.txt"); //! AGD0103
        var b = BertTokenizer.Create(vocabulary); //! AGD0103
        var c = WordPieceTokenizer.Create("vocab.txt"); //! AGD0103
        var count = tokenizer.CountTokens("a");
        var ids = tokenizer.EncodeToIds("a");
        var text = tokenizer.Decode(ids);
        await BertTokenizer.CreateAsync("vocab.txt");
    }

    static async Task Through()
    {
        Load(); //! AGD0105
        await Task.Yield();
    }

    static Tokenizer Load() => BertTokenizer.Create("vocab.txt");
}
