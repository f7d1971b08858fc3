using AsyncGuard.Analysis.Tokens.Interruption;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Tokens.Interruption;

public sealed class InterruptionTests
{
    private const string Call = "Task.Delay(5)";
    private const string Members =
        "readonly Queue<string> _queue = new(); readonly TaskCompletionSource _ready = new(); void Use(string s) { } ";

    [Theory]
    [InlineData("async Task M() { var s = _queue.Dequeue(); await Task.Delay(5); Use(s); }", true)]
    [InlineData("async Task M() { var s = _queue.Dequeue(); Use(s); await Task.Delay(5); }", false)]
    [InlineData("async Task M() { var s = _queue.Dequeue(); try { await Task.Delay(5); } finally { Use(s); } }", false)]
    [InlineData("async Task M() { var own = new Queue<string>(); var s = own.Dequeue(); await Task.Delay(5); Use(s); }", false)]
    public void Item_IsLost(string member, bool expected)
    {
        var place = Place.At(Members + member, Call);
        Assert.Equal(expected, TakenItem.IsLostAt(place.Operation, isLeft: false, place.Guard));
    }

    [Theory]
    [InlineData("async Task M() { await Task.Delay(5); _ready.SetResult(); }", true)]
    [InlineData("async Task M() { _ready.SetResult(); await Task.Delay(5); }", false)]
    [InlineData("async Task M() { try { await Task.Delay(5); } finally { _ready.SetResult(); } }", false)]
    [InlineData("async Task M(int[] x, int[] y) { x[0] -= 2; await Task.Delay(5); y[0] += 2; }", true)]
    [InlineData("async Task M(int[] x, int[] y) { await Task.Delay(5); x[0] -= 2; y[0] += 2; }", false)]
    public void Others_WaitForWhatIsBehind(string member, bool expected)
    {
        var place = Place.At(Members + member, Call);
        Assert.Equal(expected, UnfinishedWork.IsBehind(place.Operation, place.Guard));
    }
}
