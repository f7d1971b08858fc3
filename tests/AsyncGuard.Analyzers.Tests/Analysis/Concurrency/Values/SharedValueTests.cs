using AsyncGuard.Analysis.Concurrency.Values;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Concurrency.Values;

public sealed class SharedValueTests
{
    private const string Await = "await Task.Delay(5)";
    private const string Members = "int _n; string? _text; bool _isReady; readonly List<int> _list = new(); Task? _loop; ";

    [Theory]
    [InlineData("var n = _n; await Task.Delay(5); _n = n + 1;", true)]
    [InlineData("_n = 2; await Task.Delay(5); _n = 1;", false)]
    [InlineData("var n = 1; await Task.Delay(5); _n = n + 1;", false)]
    public void Update_IsLost(string body, bool expected)
    {
        var place = Place.At($"{Members}async Task M(bool b) {{ {body} }}", Await);
        Assert.Equal(expected, LostUpdate.IsAround(place.Operation, place.Guard));
    }

    [Theory]
    [InlineData("if (_text is null) { await Task.Delay(5); _text = \"\"; }", true)]
    [InlineData("if (_text is not null) return; if (b) { await Task.Delay(5); } _text = \"\";", true)]
    [InlineData("if (_text is { } text) Console.WriteLine(text); else { await Task.Delay(5); _text = \"\"; }", true)]
    [InlineData("if (!_isReady && b) { await Task.Delay(5); _isReady = true; }", true)]
    [InlineData("if (_list.Count == 0) { await Task.Delay(5); _list.Add(1); }", true)]
    [InlineData("while (b) { if (_n > 3) break; await Task.Delay(5); _n++; }", true)]
    [InlineData("if (_loop != null) { await Task.Delay(5); await _loop; _loop = null; }", true)]
    [InlineData("if (_text is null) { _text = \"\"; await Task.Delay(5); _text = null; }", false)]
    [InlineData("if (_text is null) { await Task.Delay(5); _isReady = true; }", false)]
    [InlineData("if (_text is null) return; await Task.Delay(5); _isReady = true;", false)]
    [InlineData("if (b) return; await Task.Delay(5); _isReady = true;", false)]
    [InlineData("await Task.Delay(5); if (_text is null) _text = \"\";", false)]
    [InlineData("if (_isReady) { if (b) return; } await Task.Delay(5); _isReady = true;", false)]
    public void Change_IsDecidedByACheckBefore(string body, bool expected)
    {
        var place = Place.At($"{Members}async Task M(bool b) {{ {body} }}", Await);
        Assert.Equal(expected, CheckThenSet.IsAround(place.Operation, place.Guard));
    }

    [Theory]
    [InlineData("if (_loop != null) { await _loop; _loop = null; }", "await _loop")]
    [InlineData("if (_loop != null) { await _loop.WaitAsync(TimeSpan.Zero); _loop = null; }", "await _loop.WaitAsync(TimeSpan.Zero)")]
    [InlineData("if (_loop != null) { await Task.WhenAny(_loop, Task.Delay(5)); _loop = null; }", "await Task.WhenAny(_loop, Task.Delay(5))")]
    public void Field_ThatIsAwaitedAndForgotten_IsLeftAsASecondCallerLeavesIt(string body, string awaited)
    {
        var place = Place.At($"{Members}async Task M() {{ {body} }}", awaited);
        Assert.False(CheckThenSet.IsAround(place.Operation, place.Guard));
    }
}
