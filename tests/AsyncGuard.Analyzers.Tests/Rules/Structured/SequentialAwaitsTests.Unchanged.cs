using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// What the fix leaves as it is.
public sealed partial class SequentialAwaitsTests
{
    [Theory]
    [InlineData(
        "Task<int> first = A(1); Task<int>? second = v6 ? A(2) : null; return [|await first|] + (second is null ? 0 : await second);")]
    [InlineData("var first = A(1); var second = v6 ? A(2) : null; return [|await first|] + (second == null ? 0 : await second);")]
    public Task Task_ThatMayBeNull_IsNotJoined(string body) =>
    NoFix($"Task<int> A(int n) => Task.FromResult(n); async Task<int> M(bool v6) {{ {body} }}", RuleTestOptions.Default, "AGD0206.WhenAll");

    // What is done with the first would not be done where the second fails.
    [Theory]
    [InlineData("if (x) { Use([|await a|]); } Use(await b);")]
    [InlineData("if (x) { [|await a|]; } Use(1); Use(await b);")]
    public Task Await_ThatIsUsedInAnInnerBlock_IsNotJoinedBefore(string body) => NoFix(
        "Task<int> LoadAsync(int i) => Task.FromResult(i); void Use(int i) { } "
            + $"async Task M(bool x) {{ var a = LoadAsync(1); var b = LoadAsync(2); {body} }}", new(), "AGD0206.WhenAll");
}
