// Scriban
using System.Threading.Tasks;

namespace Scriban;

public class Template
{
    public string Render(object? model = null) => throw null!;
    public ValueTask<string> RenderAsync(object? model = null) => throw null!;
}
