// Fluid
using System.Threading.Tasks;

namespace Fluid;

public interface IFluidTemplate { }

public class TemplateContext { }

public static class FluidTemplateExtensions
{
    public static string Render(this IFluidTemplate template, TemplateContext context) => throw null!;
    public static ValueTask<string> RenderAsync(this IFluidTemplate template, TemplateContext context) => throw null!;
}
