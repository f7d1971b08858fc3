using Scriban;

class Uses
{
    static async Task Directly(string text, TemplateContext context)
    {
        var template = Template.Parse(text);
        var result = template.Render(new { Name = "a" });
        var value = template.Evaluate(context);
        var other = Template.Evaluate("1 + 2", context);
        await template.RenderAsync(context);
    }

    static async Task Through(Template template)
    {
        Render(template);
        await Task.Yield();
    }

    static string Render(Template template) => template.Render();
}
