using DotLiquid;

class Uses
{
    static async Task Directly(string text)
    {
        var template = Template.Parse(text);
        var result = template.Render(Hash.FromAnonymousObject(new { Name = "a" }));
        await Task.Yield();
    }
}
