using Antlr4.Runtime;

class Uses
{
    static async Task Directly(string text, Stream stream, TextReader reader)
    {
        var file = new AntlrFileStream("a.txt"); //! AGD0104
        var path = CharStreams.fromPath("a.txt"); //! AGD0104
        var streamed = CharStreams.fromStream(stream); //! AGD0104
        var input = new AntlrInputStream(reader); //! AGD0104
        var parsed = CharStreams.fromString(text);
        var given = new AntlrInputStream(text);
        var inMemory = CharStreams.fromTextReader(new StringReader(text));
        await Task.Yield();
    }

    static async Task Through()
    {
        Read(); //! AGD0105
        await Task.Yield();
    }

    static ICharStream Read() => CharStreams.fromPath("a.txt");
}
