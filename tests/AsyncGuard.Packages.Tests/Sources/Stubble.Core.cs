using Stubble.Core;
using Stubble.Core.Builders;

class Uses
{
    static async Task Directly(StubbleVisitorRenderer renderer)
    {
        var text = renderer.Render("{{a}}", new { a = 1 });
        var other = await renderer.RenderAsync("{{a}}", new { a = 1 });
        var stat = StaticStubbleRenderer.Render("{{a}}", new { a = 1 });
    }
}
