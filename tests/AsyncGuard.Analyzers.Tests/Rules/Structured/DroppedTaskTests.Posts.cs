using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// The task of what is posted to the thread of a user interface says only that it has run.
public sealed partial class DroppedTaskTests
{
    private const string View =
        "int Progress { get; set; } void Draw() { } Task LoadAsync() => Task.Delay(1); async void Reload() => await Task.Yield(); ";

    private static readonly RuleTestOptions Windows = new() { Stubs = [Stubs.UserInterfaces] };

    private static readonly RuleTestOptions Wpf = new() { Stubs = [Stubs.WindowsBase] };

    [Theory]
    [InlineData("void M(int n) { Avalonia.Threading.Dispatcher.UIThread.InvokeAsync(() => Progress = n); }")]
    [InlineData("void M(int n) { Avalonia.Threading.Dispatcher.UIThread.InvokeAsync(() => { Progress = n; Draw(); }); }")]
    [InlineData("void M(Avalonia.Threading.Dispatcher? d) { d?.InvokeAsync(Draw); }")]
    [InlineData("void M(Avalonia.Threading.Dispatcher d, Action draw) => d.InvokeAsync(draw);")]
    [InlineData("Action M(Avalonia.Threading.Dispatcher d) => () => d.InvokeAsync(() => Progress++);")]
    [InlineData("void M(System.Windows.Forms.Control c) { c.InvokeAsync(() => Draw()); }")]
    [InlineData("void M() { Microsoft.Maui.ApplicationModel.MainThread.InvokeOnMainThreadAsync(() => Draw()); }")]
    [InlineData("void M() { Microsoft.Maui.ApplicationModel.MainThread.InvokeOnMainThreadAsync(() => Draw()).ConfigureAwait(false); }")]
    [InlineData("void M(Microsoft.Maui.Dispatching.IDispatcher d) { Microsoft.Maui.Dispatching.DispatcherExtensions.DispatchAsync(d, Draw); }")]
    public Task SynchronousPost_IsSilent(string source) => Silent(View + source, Windows);

    [Theory]
    [InlineData("void M() { [|Avalonia.Threading.Dispatcher.UIThread.InvokeAsync(async () => await LoadAsync())|]; }")]
    [InlineData("void M() { [|Avalonia.Threading.Dispatcher.UIThread.InvokeAsync(() => LoadAsync())|]; }")]
    [InlineData("void M(Avalonia.Threading.Dispatcher? d) { [|d?.InvokeAsync(LoadAsync)|]; }")]
    [InlineData("void M(Avalonia.Threading.Dispatcher d, Func<Task> load) => [|d.InvokeAsync(load)|];")]
    [InlineData("void M(Avalonia.Threading.Dispatcher d) => [|d.InvokeAsync(Reload)|];")]
    [InlineData("void M(System.Windows.Forms.Control c) { [|c.InvokeAsync(async t => await LoadAsync())|]; }")]
    [InlineData("void M() { [|Microsoft.Maui.ApplicationModel.MainThread.InvokeOnMainThreadAsync(async () => await LoadAsync())|]; }")]
    [InlineData("void M() { [|Task.Run(() => Draw())|]; }")]
    public Task AsynchronousPost_IsReported(string source) => Reports(View + source, Windows);

    [Theory]
    [InlineData("void M(System.Windows.Threading.Dispatcher d, int n) { d.InvokeAsync(() => { Progress = n; }); }")]
    [InlineData("void M(System.Windows.Threading.Dispatcher d, int n) { d.InvokeAsync(() => Progress = n); }")]
    public Task SynchronousPost_OfWpf_IsSilent(string source) => Silent(View + source, Wpf);

    [Fact]
    public Task AsynchronousPost_OfWpf_IsReported() =>
        Reports(View + "void M(System.Windows.Threading.Dispatcher d) { [|d.InvokeAsync(async () => await LoadAsync())|]; }", Wpf);
}
