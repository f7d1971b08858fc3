using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// Callbacks that can return nothing and catch everything.
public sealed partial class AsyncVoidLambdaTests
{
    [Theory]
    [InlineData("using var t = new Timer(async _ => { try { await RunAsync(); } catch (Exception e) { Use(e); } }, null, 0, 10);")]
    [InlineData("using var t = new Timer(async _ => { try { await RunAsync(); } catch (OperationCanceledException) { } catch { Use(1); } });")]
    [InlineData("using var t = new Timer(Tick, null, 0, 10); async void Tick(object? s) { try { await RunAsync(); } catch (Exception e) { Use(e); } }")]
    [InlineData(
        "var stop = items.Count > 0; TimerCallback tick = async _ => { if (stop) return; try { await RunAsync(); } catch (Exception e) { Use(e); } }; Use(tick);")]
    [InlineData("a.BeginAccept(async r => { try { a.EndAccept(r); await RunAsync(); } catch (Exception e) { Use(e); } }, null);")]
    public Task Callback_ThatCatchesEverything_IsSilent(string body) =>
        Silent(Run + $"void M(List<int> items, System.Net.Sockets.Socket a) {{ {body} }}");

    [Theory]
    [InlineData("using var t = new Timer([|async _ => { try { await RunAsync(); } catch (IOException e) { Use(e); } }|], null, 0, 10);")]
    [InlineData("using var t = new Timer([|async _ => { try { await RunAsync(); } catch (Exception e) { Use(e); throw; } }|], null, 0, 10);")]
    [InlineData("using var t = new Timer([|async _ => { await RunAsync(); try { await RunAsync(); } catch { } }|], null, 0, 10);")]
    [InlineData("using var t = new Timer([|Tick|], null, 0, 10); async void Tick(object? s) { try { await RunAsync(); } finally { Use(1); } }")]
    [InlineData("items.ForEach([|async i => { try { await RunAsync(i); } catch (Exception e) { Use(e); } }|]);")]
    [InlineData("a.BeginAccept([|async r => { a.EndAccept(r); await RunAsync(); }|], null);")]
    [InlineData("Action? tick = null; tick = [|Tick|]; Use(tick); async void Tick() => await RunAsync();")]
    public Task Callback_ThatMayFail_IsReported(string body) =>
        Reports(Run + $"void M(List<int> items, System.Net.Sockets.Socket a) {{ {body} }}");

    private const string View = "int Progress { get; set; } string? Info { get; set; } void Copy(Action<int> report) { } ";

    [Theory]
    [InlineData("void M(Avalonia.Threading.Dispatcher d) => Copy(async n => await d.InvokeAsync(() => Progress = n));")]
    [InlineData("void M(Avalonia.Threading.Dispatcher d) => Copy(async n => { await d.InvokeAsync(() => { try { Progress = n; } catch { } }); });")]
    [InlineData(
        "void M() => Copy(Report); async void Report(int n) { await Avalonia.Threading.Dispatcher.UIThread.InvokeAsync(() => { Progress = n; }); }")]
    [InlineData(
        "void M() => Copy(this.Report); async void Report(int n) { if (n > 0) Progress++; else Progress = 0; await Avalonia.Threading.Dispatcher.UIThread.InvokeAsync(() => Info = \"\"); }")]
    [InlineData("void M(System.Windows.Forms.Control c) => Copy(async n => await c.InvokeAsync(() => Progress = n).ConfigureAwait(false));")]
    public Task Callback_ThatOnlyPosts_IsSilent(string source) => Silent(Run + View + source, new() { Stubs = [Stubs.UserInterfaces] });

    [Theory]
    [InlineData("void M(Avalonia.Threading.Dispatcher d) => Copy([|async n => await d.InvokeAsync(async () => await RunAsync())|]);")]
    [InlineData("void M(Avalonia.Threading.Dispatcher d) => Copy([|async n => { await RunAsync(); await d.InvokeAsync(() => Progress = n); }|]);")]
    [InlineData("void M(Avalonia.Threading.Dispatcher d) => Copy([|async n => { await d.InvokeAsync(() => Progress = n); await RunAsync(); }|]);")]
    [InlineData("void M(Avalonia.Threading.Dispatcher d) => Copy([|async n => { Use(n); await d.InvokeAsync(() => Progress = n); }|]);")]
    [InlineData("void M() => Copy([|Report|]); async void Report(int n) { await Task.Run(() => Progress = n); }")]
    public Task Callback_ThatDoesMoreThanPost_IsReported(string source) =>
        Reports(Run + View + source, new() { Stubs = [Stubs.UserInterfaces] });
}
