using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Analysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis;

public sealed class EngineTests
{
    private static int s_made;

    [Fact]
    public async Task Engine_AskedByManyAtOnce_IsMadeOncePerCompilation()
    {
        var engine = new Engine<object>(static _ =>
        {
            Interlocked.Increment(ref s_made);
            return new object();
        });
        var one = GuardContext.For(CSharpCompilation.Create("One"));
        var other = GuardContext.For(CSharpCompilation.Create("Other"));

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => engine.Of(one))));

        Assert.Single(all.Distinct());
        Assert.NotSame(all[0], engine.Of(other));
        Assert.Equal(2, s_made);
    }

    [Fact]
    public void Engines_HaveNumbersOfTheirOwn() => Assert.NotEqual(GuardContext.NextSlot(), GuardContext.NextSlot());
}
