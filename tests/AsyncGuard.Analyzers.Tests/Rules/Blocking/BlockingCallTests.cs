using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed class BlockingCallTests : RuleTest<BlockingCallAnalyzer, BlockingCallFix>
{
    [Fact]
    public Task FileRead_InAsyncMethod_IsAwaited() => Fixes(
        """
        async Task<string> M(string path, CancellationToken token)
        {
            return [|File.ReadAllText(path)|];
        }
        """,
        """
        async Task<string> M(string path, CancellationToken token)
        {
            return await File.ReadAllTextAsync(path, token);
        }
        """);

    [Fact]
    public Task OwnTwin_Called_IsSilent() => Silent(
        """
        void Run() { }
        Task RunAsync() { Run(); return Task.CompletedTask; }
        """);
}
