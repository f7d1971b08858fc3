using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// What the fix leaves as it is.
public sealed partial class EnumeratorTokenTests
{
    [Fact]
    public Task Mark_OfATokenThatIsNotLookedAt_PassesItOn() => Fixes(
        "async IAsyncEnumerable<int> M(CancellationToken [|token|] = default) { await Task.Delay(1); yield return 1; }",
        "async IAsyncEnumerable<int> M([EnumeratorCancellation] CancellationToken token = default) { await Task.Delay(1, token); yield return 1; }",
        new() { ExtraUsings = ["System.Runtime.CompilerServices"] });

    [Fact]
    public Task Mark_OfATokenThatCannotBeObeyed_IsNotOffered() =>
    NoFix("async IAsyncEnumerable<int> M(CancellationToken [|token|] = default) { await Task.Yield(); yield return 1; }");
}
