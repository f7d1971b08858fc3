using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

// What the fix leaves as it is.
public sealed partial class InlineContinuationsTests
{
    [Theory]
    [InlineData("new TaskCompletionSource<int>(TaskContinuationOptions.None)")]
    [InlineData("new TaskCompletionSource<int>(TaskContinuationOptions.RunContinuationsAsynchronously)")]
    public Task WrongEnumeration_GivesWay(string creation) => Fixes(
        $"object M() => [|{creation}|];",
        "object M() => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);");
}
