// Jint
using System.Threading;
using System.Threading.Tasks;

namespace Jint;

public sealed class Engine
{
    public object Evaluate(string code, string? source = null) => throw null!;
    public Task<object> EvaluateAsync(string code, string? source = null, CancellationToken cancellationToken = default) => throw null!;
}
