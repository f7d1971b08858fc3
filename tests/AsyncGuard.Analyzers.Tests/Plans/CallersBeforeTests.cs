using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Plans;

/// <summary>A function that ends before it returns gets no await where a caller counts on that.</summary>
public sealed class CallersBeforeTests : RuleTest<BlockingCallAnalyzer, BlockingCallFix>
{
    private const string Load = "bool _isLoaded; Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; _isLoaded = true; return Task.CompletedTask; } ";
    private const string Loading = "bool _isLoaded; async Task LoadAsync() { await File.WriteAllTextAsync(\"a\", \"b\"); _isLoaded = true; } ";
    private const string View =
        "class View : System.ComponentModel.INotifyPropertyChanged { public event System.ComponentModel.PropertyChangedEventHandler? PropertyChanged; ";

    [Theory]
    [InlineData("void M() { _ = LoadAsync(); Console.WriteLine(_isLoaded); }")]
    [InlineData("void M() { LoadAsync(); Console.WriteLine(_isLoaded); }")]
    [InlineData("C() { LoadAsync().ConfigureAwait(false); Console.WriteLine(_isLoaded); }")]
    [InlineData("void M() => LoadAsync();")]
    [InlineData("void M(C? other) { other?.LoadAsync(); }")]
    [InlineData("void M(C? other) { _ = other?.LoadAsync(); }")]
    [InlineData("void M() { Action load = () => LoadAsync(); load(); Console.WriteLine(_isLoaded); }")]
    [InlineData("Task OuterAsync() => LoadAsync(); void M() { _ = OuterAsync(); Console.WriteLine(_isLoaded); }")]
    [InlineData("async Task OuterAsync() { await LoadAsync(); } void M() { _ = OuterAsync(); Console.WriteLine(_isLoaded); }")]
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { await LoadAsync(); e.Cancel = true; }")]
    [InlineData("event System.ComponentModel.CancelEventHandler? Closing; C() { Closing += async (s, e) => { await LoadAsync(); e.Cancel = true; }; }")]
    public Task Caller_ThatDropsTheTask_LeavesNoFix(string caller) => NoFix(Load + caller);

    [Theory]
    [InlineData("async Task<bool> M() { await LoadAsync(); return _isLoaded; }")]
    [InlineData("Task M() => LoadAsync();")]
    [InlineData("Task M() => Task.WhenAll(LoadAsync(), LoadAsync());")]
    [InlineData("Func<Task> M() => LoadAsync;")]
    [InlineData("void M() { LoadAsync().Wait(); }")]
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { e.Cancel = true; await LoadAsync(); }")]
    [InlineData("async void On(object? s, System.ComponentModel.CancelEventArgs e) { await Task.Yield(); await LoadAsync(); e.Cancel = true; }")]
    [InlineData("async Task M() { var load = LoadAsync(); await Task.Yield(); await load; }")]
    // No code sees the end of what went on before.
    [InlineData("async Task OuterAsync() { await Task.Yield(); await LoadAsync(); } void M() { _ = OuterAsync(); Console.WriteLine(_isLoaded); }")]
    public Task Caller_ThatWaits_LeavesTheFix(string caller) => Fixes(Load + caller, Loading + caller);

    [Theory]
    [InlineData("async Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; await Task.Yield(); }",
        "async Task LoadAsync() { await File.WriteAllTextAsync(\"a\", \"b\"); await Task.Yield(); }")]
    [InlineData("Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.Delay(1); }",
        "async Task LoadAsync() { await File.WriteAllTextAsync(\"a\", \"b\"); await Task.Delay(1); }")]
    public Task Function_ThatDidNotEndBefore_GetsTheAwait(string source, string expected) =>
        Fixes(source + " void M() { _ = LoadAsync(); }", expected + " void M() { _ = LoadAsync(); }");

    [Theory]
    [InlineData("public static Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.CompletedTask; }", "void M() { LoadAsync().Wait(); }")]
    [InlineData("public static async Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; }", "void M() => LoadAsync().GetAwaiter().GetResult();")]
    [InlineData("public static Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.Delay(1); }", "void M() { var load = LoadAsync(); load.Wait(); }")]
    [InlineData("public static Task<int> LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.FromResult(1); }", "int P => LoadAsync().Result;")]
    [InlineData("public static Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.CompletedTask; } public static Task AllAsync() => LoadAsync();", "void M() { AllAsync().Wait(); }")]
    [InlineData("public static Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.CompletedTask; } public static void Load() => LoadAsync().Wait();", "void M() { Load(); }")]
    public Task Caller_ThatBlocksAUserInterface_LeavesNoFix(string load, string caller) => NoFix(load + View + caller + " }");

    [Theory]
    [InlineData("public static Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.CompletedTask; }",
        "public static async Task LoadAsync() { await File.WriteAllTextAsync(\"a\", \"b\"); }", "void M() { Task.Run(() => LoadAsync().Wait()); }")]
    [InlineData("public static Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.CompletedTask; }",
        "public static async Task LoadAsync() { await File.WriteAllTextAsync(\"a\", \"b\"); }", "async Task M() { await LoadAsync(); }")]
    [InlineData("static async Task OtherAsync() { await Task.Delay(1).ConfigureAwait(false); } public static Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.CompletedTask; }",
        "static async Task OtherAsync() { await Task.Delay(1).ConfigureAwait(false); } public static async Task LoadAsync() { await File.WriteAllTextAsync(\"a\", \"b\").ConfigureAwait(false); }",
        "void M() { LoadAsync().Wait(); }")]
    public Task Caller_ThatHoldsNoThreadThatIsNeeded_LeavesTheFix(string load, string loading, string caller) =>
        Fixes(load + View + caller + " }", loading + View + caller + " }");

    [Fact]
    public Task Caller_InAnotherFile_LeavesNoFix() => NoFix(
        "public Task LoadAsync() { [|File.WriteAllText(\"a\", \"b\")|]; return Task.CompletedTask; }",
        RuleTestOptions.Default with { OtherFiles = [("Other.cs", "class Other { void M(C c) { _ = c.LoadAsync(); } }")] });
}
