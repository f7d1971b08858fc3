using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// What the fix leaves as it is.
public sealed partial class BlockingWaitTests
{
    [Theory]
    [InlineData("[|t.Wait(5000)|];")]
    [InlineData("[|t.Wait(TimeSpan.FromSeconds(5))|];")]
    [InlineData("[|t.Wait(5000, token)|];")]
    [InlineData("if (![|t.Wait(5000)|]) Console.WriteLine();")]
    [InlineData("[|Task.WaitAll(new[] { t }, 5000)|];")]
    [InlineData("[|Task.WaitAny(new[] { t }, 5000)|];")]
    public Task Wait_WithATimeout_HasNoFix(string body) =>
    NoFix($"async Task M(Task t, CancellationToken token) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("[|t.Wait(token)|];", "await t.WaitAsync(token);")]
    [InlineData("[|Task.WaitAll(t)|];", "await t;")]
    [InlineData("[|Task.WaitAll(t, u)|];", "await Task.WhenAll(t, u);")]
    [InlineData("[|Task.WaitAny(t)|];", "await Task.WhenAny(t);")]
    public Task Wait_WithoutATimeout_IsAwaited(string body, string expected) => Fixes(
        $"async Task M(Task t, Task u, CancellationToken token) {{ await Task.Yield(); {body} }}",
        $"async Task M(Task t, Task u, CancellationToken token) {{ await Task.Yield(); {expected} }}");

    [Theory]
    [InlineData("try { [|t.Wait()|]; } catch (AggregateException e) when (e.InnerException is IOException) { }")]
    [InlineData("try { [|t.Wait()|]; } catch (Exception e) when (e.InnerException is IOException) { }")]
    [InlineData("try { [|t.Wait()|]; } catch (Exception e) { Console.WriteLine(e.GetBaseException()); }")]
    [InlineData("try { [|t.Wait()|]; } catch (Exception e) { if (e is AggregateException many) Console.WriteLine(many.Flatten()); }")]
    [InlineData("try { if (t.Id > 0) { try { [|t.Wait()|]; } finally { } } } catch (AggregateException) { }")]
    public Task Wait_WhoseAggregateExceptionIsCaught_HasNoFix(string body) =>
    NoFix($"async Task M(Task t) {{ await Task.Yield(); {body} }}");

    [Fact]
    public Task Wait_WhoseCallerCatchesAggregateException_HasNoFix() => NoFix(
        "async Task Inner(Task t) { await Task.Yield(); [|t.Wait()|]; } async Task Outer(Task t) { try { await Inner(t); } catch (AggregateException) { } }");

    // AGD0208 would report those that lose.
    [Theory]
    [InlineData("[|Task.WaitAny(Task.Delay(1), Task.Delay(2))|];")]
    [InlineData("var a = Task.Delay(1); var b = Task.Delay(2); [|Task.WaitAny(a, b)|];")]
    [InlineData("var all = new[] { Task.Delay(1), t }; [|Task.WaitAny(all)|];")]
    [InlineData("var a = Task.Delay(1); [|Task.WaitAny(a, t)|];")]
    public Task WaitAny_OfTasksThatTheCodeHasStarted_HasNoFix(string body) =>
        NoFix($"async Task M(Task t) {{ await Task.Yield(); {body} }}");

    private static RuleTestOptions WithErrors(string members) => RuleTestOptions.Default with
    {
        ReferencedProjects = [new("Library", [("Errors.cs", $"using System; public static class Errors {{ {members} }}")])],
    };

    // The handler hands the exception to a method of another project.
    [Theory]
    [InlineData("public static void Show(Exception e) => Console.WriteLine(e is AggregateException);")]
    [InlineData("public static void Show(Exception e) { if (e is AggregateException many) Console.WriteLine(many.InnerExceptions.Count); }")]
    public Task Wait_WhoseHandlerLooksInside_InAnotherProject_HasNoFix(string members) => NoFix(
        "async Task M(Task t) { await Task.Yield(); try { [|t.Wait()|]; } catch (Exception e) { Errors.Show(e); } }", WithErrors(members));

    [Theory]
    [InlineData("public static void Show(Exception e) => Console.WriteLine(e.Message);")]
    [InlineData("public static void Show(Exception e) => Log(e); private static void Log(Exception e) => Console.WriteLine(e.Message);")]
    public Task Wait_WhoseHandlerWritesDown_InAnotherProject_IsAwaited(string members) => Fixes(
        "async Task M(Task t) { await Task.Yield(); try { [|t.Wait()|]; } catch (Exception e) { Errors.Show(e); } }",
        "async Task M(Task t) { await Task.Yield(); try { await t; } catch (Exception e) { Errors.Show(e); } }", WithErrors(members));

    [Fact]
    public Task Wait_UnderAThreadsLock_HasNoFix() => NoFix(
        "readonly object _gate = new(); Task M(Task t) { Monitor.Enter(_gate); try { [|t.Wait()|]; } finally { Monitor.Exit(_gate); } return Task.CompletedTask; }");

    private const string Slots =
        """
        struct Slot { public int X; public void Add(int n) => X += n; public int Y { get; set; } }
        readonly int[] _a = new int[2]; readonly Slot[] _slots = new Slot[2];
        static void Add(ref int x, int n) => x += n;

        """;

    // What the compiler says when it emits: a reference cannot wait.
    [Theory]
#if !ROSLYN_FLOOR
    [InlineData("ref var r = ref _a[0]; Add(ref r, [|t.Result|]);")]
    [InlineData("ref var r = ref _slots[0]; r.Add([|t.Result|]);")]
    [InlineData("ref var r = ref _slots[0]; r.Y = [|t.Result|];")]
    [InlineData("ref var r = ref _slots[0]; (r.X, _a[0]) = ([|t.Result|], 2);")]
#endif
    [InlineData("(x ? ref _a[0] : ref _a[1]) = [|t.Result|];")]
    [InlineData("([|t.Result|] > 0 ? ref _a[0] : ref _a[1]) = 3;")]
    public Task Wait_BehindAReference_HasNoFix(string body) =>
        NoFix(Slots + $"async Task M(Task<int> t, bool x) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("Add(ref _a[0], [|t.Result|]);", "Add(ref _a[0], await t);")]
    [InlineData("_slots[0].Add([|t.Result|]);", "_slots[0].Add(await t);")]
#if !ROSLYN_FLOOR
    [InlineData("ref var r = ref _a[[|t.Result|]]; r = 3;", "ref var r = ref _a[await t]; r = 3;")]
#endif
    public Task Wait_BesideAReference_IsAwaited(string body, string expected) => Fixes(
        Slots + $"async Task M(Task<int> t, bool x) {{ await Task.Yield(); {body} }}",
        Slots + $"async Task M(Task<int> t, bool x) {{ await Task.Yield(); {expected} }}");

    // It has a name there, and no expression that could be awaited.
    [Fact]
    public Task Wait_InAPattern_HasNoFix() => NoFix(
        "async Task M(Task<int> t) { await Task.Yield(); if (t is { [|Result|]: 5 }) Console.WriteLine(1); }");

    // Farther away, in another file.
    [Theory]
    [InlineData("partial class C { async Task Outer(Task t) { try { await Inner(t); } catch (System.AggregateException) { } } }")]
    [InlineData(
        "partial class C { async Task Outer(Task t) { await Inner(t); } async Task Last(Task t) { try { await Outer(t); } catch (System.Exception e) when (e is System.AggregateException) { } } }")]
    public Task Wait_WhoseCallerElsewhereCatchesAggregateException_HasNoFix(string other) => NoFix(
        "async Task Inner(Task t) { await Task.Yield(); [|t.Wait()|]; }",
        new() { OtherFiles = [("Other.cs", "using System.Threading.Tasks;\n" + other)] });

    [Fact]
    public Task Wait_WhoseCallerElsewhereWritesAnInnerExceptionDown_IsAwaited() => Fixes(
        "async Task Inner(Task t) { await Task.Yield(); [|t.Wait()|]; }",
        "async Task Inner(Task t) { await Task.Yield(); await t; }",
        new()
        {
            OtherFiles =
            [
                ("Other.cs",
                    "using System.Threading.Tasks;\npartial class C { async Task Outer(Task t) { try { await Inner(t); } catch (System.Exception e) { System.Console.WriteLine(e.InnerException); } } }"),
            ],
        });
}
