using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Plans;

/// <summary>No await is written in front of what a handler tells the raiser of its event.</summary>
public sealed class LateAnswerTests : RuleTest<BlockingCallAnalyzer, BlockingCallFix>
{
    private const string Arguments =
        """

        bool _dirty;
        void Use(object o) { }
        public event System.ComponentModel.CancelEventHandler? Closing;
        class AskedEventArgs : EventArgs { public bool Handled; public System.Text.StringBuilder Text { get; } = new(); public IDisposable GetDeferral() => null!; public int Number { get; init; } }
        class Notice : EventArgs { public string Name { get; } = ""; public override string ToString() => Name; }
        """;

    [Theory]
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; e.Cancel = true; }")]
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { e.Cancel = [|File.ReadAllText(\"a\")|].Length > 0; e.Cancel |= _dirty; }")]
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { if (_dirty) { [|File.WriteAllText(\"a\", \"b\")|]; } e.Cancel = true; await Task.Yield(); }")]
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { if (_dirty) { await Task.Yield(); return; } [|File.WriteAllText(\"a\", \"b\")|]; e.Cancel = true; }")]
    [InlineData("async void On(object? s, AskedEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; e.Handled = true; }")]
    [InlineData("async void On(object? s, AskedEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; using var d = e.GetDeferral(); await Task.Yield(); }")]
    [InlineData("async void On(object? s, AskedEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; Use(e); }")]
    [InlineData("async void On(object? s, AskedEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; e.Text.Capacity = 5; }")]
    [InlineData("async void On(AskedEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; e.Handled = true; }")]
    [InlineData("C() { Closing += async (_, e) => { [|File.WriteAllText(\"a\", \"b\")|]; e.Cancel = true; }; }")]
    [InlineData("C() { Closing += async delegate(object? s, System.ComponentModel.CancelEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; e.Cancel = true; }; }")]
    [InlineData("C() { Closing += On; async void On(object? s, System.ComponentModel.CancelEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; e.Cancel = true; } }")]
    public Task Answer_BehindTheCall_HasNoFix(string source) => NoFix(source + Arguments);

    [Theory]
    // What is said before is said in time, what stands behind another await was late before.
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { e.Cancel = true; [|File.WriteAllText(\"a\", \"b\")|]; }")]
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { await Task.Yield(); [|File.WriteAllText(\"a\", \"b\")|]; e.Cancel = true; }")]
    // Whoever awaits the handler waits for the answer.
    [InlineData("async Task On(object? s, System.ComponentModel.CancelEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; e.Cancel = true; }")]
    // Nothing can be said.
    [InlineData("async void On(object? s, Notice e) { [|File.WriteAllText(\"a\", \"b\")|]; Use(e); Use(e.Name.Trim()); }")]
    [InlineData("async void On(object? s, AskedEventArgs e) { [|File.WriteAllText(\"a\", \"b\")|]; Use(e.Number); Use(e.Text.Length); }")]
    public Task Answer_InTime_OrNone_LeavesTheFix(string source) => Fixes(source + Arguments,
        source.Replace("[|File.WriteAllText(\"a\", \"b\")|]", "await File.WriteAllTextAsync(\"a\", \"b\")") + Arguments);
}
