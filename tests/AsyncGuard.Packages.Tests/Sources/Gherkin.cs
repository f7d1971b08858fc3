using Gherkin;

class Uses
{
    static async Task Directly(Parser parser, TextReader reader)
    {
        var document = parser.Parse("a.feature"); //! AGD0104
        var read = parser.Parse(reader); //! AGD0104
        var name = document.Feature.Name;
        var memory = parser.Parse(new StringReader("Feature: a"));
        await Task.Yield();
    }

    static async Task Through(Parser parser)
    {
        Name(parser); //! AGD0105
        await Task.Yield();
    }

    static string Name(Parser parser) => parser.Parse("a.feature").Feature.Name;
}
