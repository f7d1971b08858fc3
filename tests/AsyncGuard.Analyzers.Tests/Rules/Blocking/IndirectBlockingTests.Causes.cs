using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// One warning per cause: up to three places are reported each, of more the call that they all reach.
public sealed partial class IndirectBlockingTests
{
    [Theory]
    [InlineData("async Task A() { [|Load()|]; [|Load()|]; [|Load()|]; await Task.Yield(); } void Load() => Thread.Sleep(1);")]
    [InlineData(
        "async Task A() { Load(); Load(); await Task.Yield(); } async Task B() { Load(); Load(); await Task.Yield(); } void Load() => [|Thread.Sleep(1)|];")]
    [InlineData(
        "async Task A() { One(); Two(); Load(); Load(); await Task.Yield(); } void One() => Load(); void Two() => One(); void Load() { if (DateTime.Now.Ticks > 0) [|Thread.Sleep(1)|]; Thread.Sleep(2); }")]
    [InlineData("string P => [|File.ReadAllText(\"a\")|]; async Task A() { var a = P + P + P + P; await Task.Yield(); }")]
    [InlineData("int Get(Task<int> t) => [|t.Result|]; async Task A(Task<int> t) { Get(t); Get(t); Get(t); Get(t); await Task.Yield(); }")]
    [InlineData(
        "class X { public X() => [|Thread.Sleep(1)|]; } async Task A() { _ = new X(); _ = new X(); _ = new X(); _ = new X(); await Task.Yield(); }")]
    [InlineData("async Task A() { Load(); Load(); Load(); Load(); await Task.Yield(); void Load() => [|Thread.Sleep(1)|]; }")]
    [InlineData(
        "async Task A() { Load(); Load(); Load(); Load(); [|Other()|]; await Task.Yield(); } void Load() => [|Thread.Sleep(1)|]; void Other() => Thread.Sleep(1);")]
    [InlineData(
        "interface IStore { void Save(); } class Store : IStore { public void Save() => [|Thread.Sleep(1)|]; } async Task A(IStore s) { s.Save(); s.Save(); s.Save(); s.Save(); await Task.Yield(); }")]
    [InlineData(
        "async Task A() { foreach (var r in Rows()) ; foreach (var r in Rows()) ; foreach (var r in Rows()) ; foreach (var r in Rows()) ; await Task.Yield(); } IEnumerable<int> Rows() { [|Thread.Sleep(1)|]; yield return 1; }")]
    [InlineData(
        "class X { public void Load() => [|Thread.Sleep(1)|]; } class Y { public void Load() { } } async Task A(X x, Y y) { x.Load(); x.Load(); x.Load(); x.Load(); y.Load(); await Task.Yield(); }")]
    [InlineData(
        "partial class X { public partial int Load(); public partial int Load() { [|Thread.Sleep(1)|]; return 1; } } async Task A(X x) { x.Load(); x.Load(); x.Load(); x.Load(); await Task.Yield(); }")]
    [InlineData("async Task A() { P = 1; P = 2; P = 3; P = 4; await Task.Yield(); } int P { get => 1; set => [|Thread.Sleep(value)|]; }")]
    [InlineData("async Task A() { Load<int>(); Load<int>(); Load<int>(); Load<int>(); await Task.Yield(); } void Load<T>() => [|Thread.Sleep(1)|];")]
    [InlineData(
        "async Task A() { Action f = Load; f(); f(); f(); f(); await Task.Yield(); } void Load() => [|Thread.Sleep(1)|];")]
    [InlineData(
        "void Start() { Func<Task> f = () => { Load(); Load(); Load(); Load(); return Task.CompletedTask; }; } void Load() => [|Thread.Sleep(1)|];")]
    public Task Cause_IsReportedInsteadOfMoreThanThreePlaces(string source) => Reports(source);

    [Fact]
    public Task PlacesThatAreSuppressed_Count() => Reports(
        """
        #pragma warning disable AGD0105
        async Task A() { Load(); Load(); await Task.Yield(); }
        #pragma warning restore AGD0105
        async Task B() { Load(); Load(); await Task.Yield(); }
        void Load() => [|Thread.Sleep(1)|];
        """);

    [Fact]
    public Task PlacesOfGeneratedFiles_DoNotCount() => Reports(
        "async Task A() { [|Load()|]; [|Load()|]; await Task.Yield(); } void Load() => Thread.Sleep(1);",
        RuleTestOptions.Default with
        {
            OtherFiles = [("Other.g.cs",
            "partial class C { async System.Threading.Tasks.Task D() { Load(); Load(); Load(); } }")]
        });

    [Fact]
    public Task PlacesOfOtherRules_DoNotCount() => Reports(
        "async Task A() { Load(); [|Load(1)|]; await Task.Yield(); } async Task B() { Load(); Load(); await Task.Yield(); } Task LoadAsync() => Task.Delay(1); void Load() => Block(1); void Load(int i) => Block(i); static void Block(int i) => Thread.Sleep(i);");

    [Fact]
    public Task Cause_InAnotherFile_IsReportedThere() => Reports(
        "async Task A() { Load(); Load(); await Task.Yield(); } async Task B() { Load(); Load(); await Task.Yield(); }",
        RuleTestOptions.Default with
        {
            OtherFiles = [("Other.cs",
            "partial class C { void Load() => [|System.Threading.Thread.Sleep(1)|]; }")]
        });

    [Fact]
    public Task MessageOfTheCause_NamesItsMember_AndTheFirstFivePlaces() => Reports(
        """
        async Task A() { {|#1:Load()|}; {|#2:Load()|}; {|#3:Load()|}; {|#4:Load()|}; {|#5:Load()|}; Load(); await Task.Yield(); }
        void Load() => {|#0:Thread.Sleep(1)|};
        """,
        RuleTestOptions.Default with
        {
            Expected =
            [
                new DiagnosticResult("AGD0105", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
                    .WithLocation(2).WithLocation(3).WithLocation(4).WithLocation(5)
                    .WithMessage(
                    "'Thread.Sleep' blocks the thread in async code that reaches it through 'Load' from more than three places; make the methods that lead to it async"),
            ],
        });
}
