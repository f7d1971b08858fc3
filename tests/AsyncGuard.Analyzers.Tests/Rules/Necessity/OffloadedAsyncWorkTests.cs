using System.Threading.Tasks;
using AsyncGuard.Fixes.Necessity;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Necessity;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Necessity;

public sealed class OffloadedAsyncWorkTests : RuleTest<OffloadedAsyncWorkAnalyzer, OffloadedAsyncWorkFix>
{
    private const string Members =
        "\nasync Task WorkAsync() => await Task.Yield(); async Task<int> LoadAsync(int n, CancellationToken t = default) { await Task.Yield(); return n; } async ValueTask<int> QuickAsync() { await Task.Yield(); return 1; } "
        + "interface IRepo { Task SaveAsync(string s); Task<int> CountAsync(); } IRepo _repo = null!; void Spin() { } string Compute() => \"\"; Task _field = null!;";

    // Reported

    [Theory]
    [InlineData("async Task M() { await [|Task.Run(() => WorkAsync())|]; }")]
    [InlineData("async Task M() { await [|Task.Run(async () => await WorkAsync())|]; }")]
    [InlineData("async Task M() { await [|Task.Run(async () => { await WorkAsync(); })|]; }")]
    [InlineData("async Task M() { await [|Task.Run(WorkAsync)|]; }")]
    [InlineData("async Task M() { await [|Task.Run(() => WorkAsync())|].ConfigureAwait(false); }")]
    [InlineData("async Task<int> M() { return await [|Task.Run(() => LoadAsync(1))|]; }")]
    [InlineData("Task<int> M() => [|Task.Run(() => LoadAsync(1))|];")]
    [InlineData("Task M() { return [|Task.Run(() => _repo.SaveAsync(\"a\"))|]; }")]
    [InlineData("async Task M() { var n = await [|Task.Run(async () => await LoadAsync(1).ConfigureAwait(false))|]; }")]
    [InlineData("async Task M() { var n = await [|Task.Run(async () => await QuickAsync())|]; }")]
    [InlineData(
        "async Task M() { var a = [|Task.Run(() => WorkAsync())|]; var b = [|Task.Run(() => LoadAsync(2))|]; await Task.WhenAll(a, b); }")]
    [InlineData("async Task M() { await Task.WhenAll([|Task.Run(() => WorkAsync())|], [|Task.Run(() => LoadAsync(2))|]); }")]
    [InlineData("async Task M(int[] all) { await Task.WhenAll(all.Select(n => [|Task.Run(() => LoadAsync(n))|])); }")]
    [InlineData(
        "async Task M(int[] all) { var tasks = new List<Task>(); foreach (var n in all) tasks.Add([|Task.Run(() => LoadAsync(n))|]); await Task.WhenAll(tasks); }")]
    [InlineData("async Task M(CancellationToken t) { await [|Task.Run(() => LoadAsync(1, t), t)|]; }")]
    [InlineData("async Task M() { var t = [|Task.Run(() => WorkAsync())|]; await t; }")]
    [InlineData("async Task M() { await [|Task.Run(async () => { await WorkAsync(); await LoadAsync(1); })|]; }")]
    [InlineData("async Task<int> M() => await [|Task.Run(async () => { var n = await LoadAsync(1); return n; })|];")]
    [InlineData("Func<Task> M() => async () => await [|Task.Run(() => WorkAsync())|];")]
    [InlineData("async Task M() { await [|Task.Run(() => Task.Delay(100))|]; }")]
    [InlineData("async Task M() { await Local(); async Task Local() => await [|Task.Run(() => WorkAsync())|]; }")]
    public Task AroundAsyncCall_IsReported(string member) => Reports(member + Members);

    // From real code

    [Fact]
    public Task HttpCall_IsReported() =>
    Reports(
    "async Task<string> M(HttpClient client, string url) { var text = await [|Task.Run(() => client.GetStringAsync(url))|]; return text; }");

    [Fact]
    public Task FileRead_IsReported() =>
    Reports("async Task<string> M(string path) => await [|Task.Run(async () => { return await File.ReadAllTextAsync(path); })|];");

    [Fact]
    public Task Repository_IsReported() =>
    Reports("public async Task<int> Total() { var count = await [|Task.Run(async () => await _repo.CountAsync())|]; return count; }" +
    Members);

    [Fact]
    public Task CatchesAround_IsReported() =>
    Reports(
    "async Task M() { try { await [|Task.Run(() => _repo.SaveAsync(nameof(M)))|]; } catch (IOException e) { Console.WriteLine(e); } }" +
        Members);

    [Fact]
    public Task ObjectAsArgument_IsReported() =>
    Reports(
    "class Row { public string Name { get; set; } = \"\"; } Task AddAsync(Row row) => Task.Delay(1); async Task M(string s) { await [|Task.Run(() => AddAsync(new Row { Name = s }))|]; }");

    // Silent

    [Theory]
    [InlineData("async Task M() { await WorkAsync(); }")]
    [InlineData("async Task M() { await Task.Run(() => Spin()); }")]
    [InlineData("async Task M() { await Task.Run(() => { Spin(); return WorkAsync(); }); }")]
    [InlineData("async Task M() { await Task.Run(async () => { Spin(); await WorkAsync(); }); }")]
    [InlineData("async Task M() { await Task.Run(async () => { await WorkAsync(); Spin(); }); }")]
    [InlineData("async Task M() { await Task.Run(() => _repo.SaveAsync(Compute())); }")]
    [InlineData("async Task M() { _ = Task.Run(() => WorkAsync()); await Task.Yield(); }")]
    [InlineData("void M() { Task.Run(() => WorkAsync()); }")]
    [InlineData("void M() { _field = Task.Run(() => WorkAsync()); }")]
    [InlineData("async Task M() { _field = Task.Run(WorkAsync); await Task.Yield(); }")]
    [InlineData("void M() { Task.Run(() => WorkAsync()).Wait(); }")]
    [InlineData("int M() => Task.Run(() => LoadAsync(1)).Result;")]
    [InlineData("int M() => Task.Run(() => LoadAsync(1)).GetAwaiter().GetResult();")]
    [InlineData("async Task M() { while (true) { await Task.Run(async () => { while (true) await WorkAsync(); }); } }")]
    [InlineData("async Task M() { await Task.Run(async () => { try { await WorkAsync(); } catch { } }); }")]
    [InlineData("async Task M() { await Task.Factory.StartNew(() => WorkAsync()).Unwrap(); }")]
    [InlineData("async Task M(Func<Task> f) { await Task.Run(f); }")]
    [InlineData("async Task M(Func<Task> f) { await Task.Run(() => f()); }")]
    [InlineData("async Task M() { var t = Task.Run(() => WorkAsync()); Use(t); await Task.Yield(); } void Use(Task t) { }")]
    [InlineData("async Task M() { await Task.Run(() => Task.WhenAll(new[] { 1 }.Select(n => LoadAsync(n)))); }")]
    public Task OtherWork_IsSilent(string member) => Silent(member + Members);

    // From real code

    [Fact]
    public Task CalleeThatLoopsFirst_IsSilent() =>
    Silent(
    "async Task CrunchAsync(int[] all) { var sum = 0; foreach (var n in all) sum += n; await File.WriteAllTextAsync(\"a\", sum.ToString()); } async Task M(int[] all) => await Task.Run(() => CrunchAsync(all));");

    [Fact]
    public Task CalleeThatBlocksFirst_IsSilent() =>
    Silent(
    "async Task OldAsync(string p) { var t = File.ReadAllText(p); await File.WriteAllTextAsync(\"a\", t); } async Task M(string p) => await Task.Run(() => OldAsync(p));");

    // A user interface continues on its thread after an await: what comes then would hold it as well.
    [Theory]
    [InlineData("async Task OldAsync(string p) { await Task.Yield(); File.Delete(p); File.Copy(p, p); }")]
    [InlineData("async Task OldAsync(string p) { await Task.Yield(); Clear(p); } void Clear(string p) { Directory.Delete(p, true); }")]
    [InlineData(
        "async Task OldAsync(string p) => await StepAsync(p); async Task StepAsync(string p) { foreach (var f in await ListAsync()) { await ListAsync(); File.Copy(f, p); } } async Task<string[]> ListAsync() { await Task.Yield(); return new string[0]; }")]
    [InlineData("Task OldAsync(string p) => StepAsync(p); async Task StepAsync(string p) { await Task.Yield(); Thread.Sleep(100); }")]
    public Task CalleeThatBlocksLater_IsSilent(string callee) =>
    Silent(callee + " async Task M(string p) => await Task.Run(() => OldAsync(p));");

    [Theory]
    [InlineData("async Task NewAsync(string p) { await Task.Yield(); StepAsync(); } void StepAsync() { }")]
    [InlineData("async Task NewAsync(string p) { await Task.Yield(); if (p == \"\") await NewAsync(p); }")]
    [InlineData("async Task NewAsync(string p) { await Task.Yield(); using var s = new MemoryStream(); s.CopyTo(Stream.Null); }")]
    public Task CalleeThatHoldsNoThread_IsReported(string callee) =>
    Reports(callee + " async Task M(string p) => await [|Task.Run(() => NewAsync(p))|];");

    [Theory]
    [InlineData(
        "class Model : System.ComponentModel.INotifyPropertyChanged { public event System.ComponentModel.PropertyChangedEventHandler? PropertyChanged; async Task M() => await Task.Run(LoadAsync); async Task LoadAsync() => await Task.Yield(); }")]
    [InlineData(
        "class Base : System.ComponentModel.INotifyPropertyChanged { public event System.ComponentModel.PropertyChangedEventHandler? PropertyChanged; } class Model : Base { class Part { async Task M() => await Task.Run(LoadAsync); async Task LoadAsync() => await Task.Yield(); } }")]
    public Task UserInterface_IsSilent(string type) => Silent(type);

    [Theory]
    [InlineData("System.Windows.Threading.DispatcherObject")]
    [InlineData("System.Windows.DependencyObject")]
    [InlineData("System.Windows.Forms.Control")]
    [InlineData("System.Web.UI.Control")]
    [InlineData("Windows.UI.Xaml.DependencyObject")]
    [InlineData("Microsoft.UI.Xaml.DependencyObject")]
    [InlineData("Eto.Forms.Widget")]
    [InlineData("Gtk.Widget")]
    [InlineData("Godot.Node")]
    [InlineData("UnityEngine.Object")]
    public Task ObjectOfUserInterface_IsSilent(string type) => Silent(
        $"class Page : {type} {{ async Task M() {{ await Task.Run(() => LoadAsync()); }} async Task LoadAsync() => await Task.Yield(); }}",
        new() { Stubs = [Stubs.UserInterfaces] });

    [Fact]
    public Task NameOfUserInterface_OfAnotherKind_IsReported() => Reports(
        "class Control { } class Valve : Control { async Task M() { await [|Task.Run(() => LoadAsync())|]; } async Task LoadAsync() => await Task.Yield(); }");

    [Fact]
    public Task CalleeWithoutAwait_IsSilent() =>
    Silent(
    "Task<int> ParseAsync(string p) { var n = int.Parse(p); return Task.FromResult(n); } async Task M(string p) => await Task.Run(() => ParseAsync(p));");

    [Fact]
    public Task WorkerLoop_IsSilent() =>
    Silent(
    "async Task RunAsync(CancellationToken t) { while (!t.IsCancellationRequested) await Task.Delay(10, t); } public Task StartAsync(CancellationToken t) => Task.Run(() => RunAsync(t), t);");

    [Fact]
    public Task TestProject_IsSilent() =>
    Silent("async Task M() { await Task.Run(() => WorkAsync()); }" + Members, new() { Stubs = [Stubs.Xunit] });

    [Fact]
    public Task OwnTaskRun_IsSilent() =>
    Silent("static class Job { public static Task Run(Func<Task> f) => f(); } async Task M() => await Job.Run(() => WorkAsync());" +
    Members);

    // Fixes

    [Theory]
    [InlineData("async Task M() { await [|Task.Run(() => WorkAsync())|]; }", "async Task M() { await WorkAsync(); }")]
    [InlineData("async Task M() { await [|Task.Run(WorkAsync)|]; }", "async Task M() { await WorkAsync(); }")]
    [InlineData("async Task M() { await [|Task.Run(async () => await WorkAsync())|].ConfigureAwait(false); }",
        "async Task M() { await WorkAsync().ConfigureAwait(false); }")]
    [InlineData("async Task M() { var n = await [|Task.Run(async () => { return await LoadAsync(1).ConfigureAwait(false); })|]; }",
        "async Task M() { var n = await LoadAsync(1); }")]
    [InlineData("Task<int> M() => [|Task.Run(() => LoadAsync(1))|]; // c", "Task<int> M() => LoadAsync(1); // c")]
    [InlineData("async Task M() { var n = await [|Task.Run(async () => await QuickAsync())|]; }",
        "async Task M() { var n = await QuickAsync(); }")]
    [InlineData("async Task M(CancellationToken t) { await [|Task.Run(() => LoadAsync(1, t), t)|]; }",
        "async Task M(CancellationToken t) { await LoadAsync(1, t); }")]
    [InlineData("async Task M() { await Task.WhenAll([|Task.Run(() => WorkAsync())|], [|Task.Run(() => LoadAsync(2))|]); }",
        "async Task M() { await Task.WhenAll(WorkAsync(), LoadAsync(2)); }")]
    [InlineData("async Task M() { await [|Task.Run(async () => { await LoadAsync(1); })|]; }", "async Task M() { await LoadAsync(1); }")]
    public Task Fix_CallsDirectly(string before, string after) => Fixes(before + Members, after + Members);

    [Theory]
    [InlineData("async Task M(CancellationToken t) { await [|Task.Run(() => LoadAsync(1), t)|]; }")]
    [InlineData("async Task M() { await [|Task.Run(async () => { await WorkAsync(); await LoadAsync(1); })|]; }")]
    [InlineData("Task M() => [|Task.Run(() => _repo.SaveAsync(\"a\"))|];")]
    public Task WhereMoreWouldChange_HasNoFix(string member) => NoFix(member + Members);

    [Theory]
    [InlineData("async Task PumpAsync(int n) { await Task.Delay(1); if (n > 0) await Task.Run(() => PumpAsync(n - 1)); }")]
    [InlineData("async Task PumpAsync() { await Task.Delay(1); await Task.Run(PumpAsync); }")]
    public Task Method_ThatStartsItselfAnew_IsSilent(string source) => Silent(source);

    // What is set on a thread of the pool is not seen here; set here, it would be.
    [Fact]
    public Task Fix_OfWorkThatSetsWhatFlows_IsNotOffered() => NoFix(
        """
        static readonly AsyncLocal<int> Level = new();
        static Task EnterAsync() { Level.Value = 1; return Task.Delay(1); }
        async Task M() { await [|Task.Run(() => EnterAsync())|]; }
        """);
}
