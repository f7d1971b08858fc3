using HandlebarsDotNet;

class Uses
{
    static async Task Directly(string text)
    {
        var template = Handlebars.Compile(text);
        var result = template(new { Name = "a" });
        var view = Handlebars.CompileView("a.hbs"); //! AGD0104
        await Task.Yield();
    }
}
