using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// The callbacks of all calls pile up on the source of the object itself.
public sealed partial class DroppedRegistrationTests
{
    private const string Mill = "class Heavy { public int Touched; } readonly CancellationTokenSource _closing = new(); ";

    [Fact]
    public Task ClosureOnTheOwnSource_IsReported() => Reports(
        Mill +
            "async Task M() { var heavy = new Heavy(); await Task.Yield(); [|_closing.Token.Register(() => heavy.Touched++)|]; await Task.Delay(10, _closing.Token); }");

    [Theory]
    [InlineData("int _count; async Task M() { _closing.Token.Register(() => _count++); await Task.Delay(10, _closing.Token); }")]
    [InlineData(
        "async Task M() { var heavy = new Heavy(); using var kept = _closing.Token.Register(() => heavy.Touched++); await Task.Delay(10, _closing.Token); }")]
    public Task RegistrationThatHoldsNothingMore_IsSilent(string source) => Silent(Mill + source);
}
