using FastBertTokenizer;

class Uses
{
    static async Task Directly(BertTokenizer tokenizer, Stream stream, TextReader reader)
    {
        tokenizer.LoadTokenizerJson(stream); //! AGD0103
        tokenizer.LoadVocabulary(reader, true); //! AGD0103
        var (ids, mask, types) = tokenizer.Encode("text");
        var text = tokenizer.Decode(ids.Span);
        await tokenizer.LoadVocabularyAsync("vocab.txt", true);
        tokenizer.LoadVocabulary(new StringReader("a"), true);
    }

    static async Task Through(BertTokenizer tokenizer, Stream stream)
    {
        Prepare(tokenizer, stream); //! AGD0105
        await Task.Yield();
    }

    static void Prepare(BertTokenizer tokenizer, Stream stream) => tokenizer.LoadTokenizerJson(stream);
}
