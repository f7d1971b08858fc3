using Microsoft.SqlServer.TransactSql.ScriptDom;

class Uses
{
    static async Task Directly(TSqlParser parser, SqlScriptGenerator generator, TextReader reader, TextWriter writer)
    {
        var script = parser.Parse(reader, out var errors); //! AGD0104
        var statements = parser.ParseStatementList(reader, out errors); //! AGD0104
        var tokens = parser.GetTokenStream(reader, out errors); //! AGD0104
        generator.GenerateScript(script, writer); //! AGD0104
        generator.GenerateScript(script, out var text);
        script = parser.Parse(new StringReader(text), out errors);
        script = parser.Parse(tokens, out errors);
        await Task.Yield();
    }

    static async Task Through(TSqlParser parser, TextReader reader)
    {
        var script = Read(parser, reader); //! AGD0105
        await Task.Yield();
    }

    static TSqlFragment Read(TSqlParser parser, TextReader reader) => parser.Parse(reader, out _);
}
