using IniParser;
using IniParser.Model;

class Uses
{
    static async Task Directly(FileIniDataParser parser, IniData data, StreamReader reader)
    {
        var read = parser.ReadFile("a.ini"); //! AGD0104
        parser.WriteFile("a.ini", data); //! AGD0104
        var streamed = new StreamIniDataParser().ReadData(reader); //! AGD0104
        var value = data["section"]["key"];
        data["section"]["key"] = "b";
        var parsed = new IniParser.Parser.IniDataParser().Parse("a=b");
        await Task.Yield();
    }

    static async Task Through(FileIniDataParser parser)
    {
        Load(parser); //! AGD0105
        await Task.Yield();
    }

    static IniData Load(FileIniDataParser parser) => parser.ReadFile("a.ini");
}
