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
}
