using AsyncGuard.Analysis.Waiting;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Waiting;

public sealed class NothingToWaitForTests
{
    [Theory]
    [InlineData("void M(SemaphoreSlim s) { s.Wait(0); }", "s.Wait(0)", true)]
    [InlineData("void M(SemaphoreSlim s) { s.Wait(TimeSpan.Zero); }", "s.Wait(TimeSpan.Zero)", true)]
    [InlineData("void M(SemaphoreSlim s) { s.Wait(1); }", "s.Wait(1)", false)]
    [InlineData("struct TimeSpan { public static TimeSpan Zero; } static void W(TimeSpan t) { } void M() { W(TimeSpan.Zero); }",
        "W(TimeSpan.Zero)", false)]
    [InlineData("void M(BlockingCollection<int> q) { q.Add(1); }", "q.Add(1)", false)]
    [InlineData("readonly BlockingCollection<int> _q = new(); void M() { _q.Add(1); }", "_q.Add(1)", true)]
    [InlineData("readonly BlockingCollection<int> _q = new(5); void M() { _q.Add(1); }", "_q.Add(1)", false)]
    [InlineData("readonly SemaphoreSlim _s = new(1); void M() { if (_s.CurrentCount > 0) _s.Wait(); }", "_s.Wait()", true)]
    [InlineData("void M(SemaphoreSlim s) { if (s.CurrentCount == 0) return; s.Wait(); }", "s.Wait()", true)]
    [InlineData("void M(SemaphoreSlim s) { if (s.CurrentCount == 1) { s.Wait(); return; } }", "s.Wait()", true)]
    [InlineData("void M(SemaphoreSlim s, SemaphoreSlim t) { if (t.CurrentCount > 0) s.Wait(); }", "s.Wait()", false)]
    [InlineData("void M(SemaphoreSlim s) { if (s.CurrentCount > 0) { } else s.Wait(); }", "s.Wait()", false)]
    [InlineData("void M(SemaphoreSlim s) { if (s.CurrentCount >= 0) s.Wait(); }", "s.Wait()", false)]
    [InlineData("void M(SemaphoreSlim s) { if (s.CurrentCount == 0) s.Wait(); }", "s.Wait()", false)]
    [InlineData("void M(ManualResetEventSlim e) { if (!e.IsSet) return; e.Wait(); }", "e.Wait()", true)]
    [InlineData("void M(ManualResetEventSlim e) { if (!e.IsSet) e.Wait(); }", "e.Wait()", false)]
    [InlineData("void M(CountdownEvent e) { if (e.IsSet) e.Wait(); }", "e.Wait()", true)]
    [InlineData("void M(BlockingCollection<int> q) { while (q.Count > 0) q.Take(); }", "q.Take()", true)]
    [InlineData("void M(BlockingCollection<int> q) { if (q.Count < 5) q.Take(); }", "q.Take()", false)]
    [InlineData("void M(System.Net.Sockets.NetworkStream n) { while (n.DataAvailable) n.ReadByte(); }", "n.ReadByte()", true)]
    [InlineData("void M(System.Net.Sockets.Socket s, byte[] b) { if (s.Available > 0) s.Receive(b); }", "s.Receive(b)", true)]
    [InlineData("void M() { Directory.Delete(\"a\", true); }", "Directory.Delete(\"a\", true)", false)]
    [InlineData("void M() { Directory.Delete(\"a\", false); }", "Directory.Delete(\"a\", false)", true)]
    public void Call_HasNothingToWaitFor(string members, string text, bool expected)
    {
        var place = Place.At(members, text);
        Assert.Equal(expected, NothingToWaitFor.Is(place.As<IInvocationOperation>(), place.Guard));
    }
}
