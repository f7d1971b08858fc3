using System.Text;
using Mono.TextTemplating;

class Uses
{
    static async Task Directly(TemplateGenerator generator, TemplatingEngine engine, string content, CancellationToken token)
    {
        generator.ProcessTemplate("a.tt", "a.cs"); //! AGD0103
        generator.PreprocessTemplate("a.tt", "A", "N", "a.cs", Encoding.UTF8, out var language, out var references); //! AGD0104
        await generator.ProcessTemplateAsync("a.tt", "a.cs"); //! AGD0301
        await generator.ProcessTemplateAsync("a.tt", "a.cs", token);
        var text = await engine.ProcessTemplateAsync(content, generator); //! AGD0301
        using var compiled = await engine.CompileTemplateAsync(content, generator, token);
        text = compiled.Process();
        var parsed = generator.ParseTemplate("a.tt", content);
    }

    static async Task Through(TemplateGenerator generator)
    {
        Generate(generator); //! AGD0105
        await Task.Yield();
    }

    static bool Generate(TemplateGenerator generator) => generator.ProcessTemplate("a.tt", "a.cs");
}
