using Fluid;

class Uses
{
    static async Task Directly(FluidParser parser, IFluidTemplate template)
    {
        var parsed = parser.Parse("Hello {{ name }}");
        var text = template.Render(new TemplateContext());
        await template.RenderAsync(new TemplateContext());
    }
}
