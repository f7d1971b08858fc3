using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

/// <summary>AGD0201 begins where the compiler's CS4014 ends: every dropped task is reported by one of them, and by one only.</summary>
public sealed class DroppedTaskOrCompilerTests
{
    private const string Members =
        """
        async Task InSource() => await Task.Yield();
        async Task<T> InSource<T>(T value) { await Task.Yield(); return value; }
        static async ValueTask InSourceValue() => await Task.Yield();
        Task Plain() => Task.CompletedTask;
        ValueTask<int> PlainValue() => new ValueTask<int>(1);
        readonly Func<Task> _callback = () => Task.CompletedTask;
        readonly Stream _stream = Stream.Null;
        @? _other;
        """;

    private static readonly string[] Calls =
    [
        "InSource()",
        "this.InSource(5)",
        "InSourceValue()",
        "Plain()",
        "PlainValue()",
        "_callback()",
        "_callback.Invoke()",
        "_stream.FlushAsync()",
        "Task.Run(() => { })",
        "Plain().ContinueWith(_ => { })",
        "_other?.InSource()",
        "_other?.Plain()",
        "_other?._other?.PlainValue()",
        "_other!._other?._stream.FlushAsync()",
        "InSource().ConfigureAwait(false)",
        "Plain().ConfigureAwait(false)",
        "_other?.Plain().ConfigureAwait(false)",
        "Task.Yield()",
    ];

    private static readonly string[] Places =
    [
        "void M() { $; }",
        "void M() => $;",
        "async Task M() { await Task.Yield(); $; }",
        "async Task M() => $;",
        "async void M() { await Task.Yield(); $; }",
        "Task M() { $; return Task.CompletedTask; }",
        "@() { $; }",
        "~@() => $;",
        "int P { get { $; return 1; } set => $; }",
        "event Action E { add { $; } remove { } }",
        "void M() { Action a = () => $; }",
        "void M() { Action a = () => { $; }; }",
        "void M() { Action a = async () => { await Task.Yield(); $; }; }",
        "void M() { Action a = async () => $; }",
        "async Task M() { await Task.Yield(); Action a = () => $; }",
        "async Task M(List<int> l) { await Task.Yield(); l.ForEach(i => $); }",
        "async Task M(List<int> l) { await Task.Yield(); l.ForEach(i => { $; }); }",
        "async Task M(List<int> l) { await Task.Yield(); foreach (var i in l.Select(x => { $; return x; })) { } }",
        "async Task M(List<int> l) { await Task.Yield(); var q = from x in l select new Func<int>(() => { $; return x; }); }",
        "async Task M() { await Task.Yield(); Action a = delegate { $; }; }",
        "void M() { Func<Task> a = () => { $; return Task.CompletedTask; }; }",
        "void M() { Local(); void Local() { $; } }",
        "void M() { Local(); void Local() => $; }",
        "async Task M() { await Task.Yield(); Local(); void Local() { $; } }",
        "async Task M() { await Local(); async Task Local() { await Task.Yield(); $; } }",
        "async Task M() { await Task.Yield(); lock (this) { $; } }",
        "async Task M() { await Task.Yield(); unsafe { $; } }",
        "async Task M() { await Task.Yield(); lock (this) { Func<Task> a = async () => { await Task.Yield(); $; }; } }",
        "async Task M() { await Task.Yield(); unsafe { Action a = () => { $; }; } }",
        "async Task M() { try { await Task.Yield(); } catch { $; } finally { $; } }",
        "async Task M() { await Task.Yield(); for ($; ; $) { } }",
        "void M() { for ($; ; $) { } }",
        "IEnumerable<int> M() { $; yield return 1; }",
        "async IAsyncEnumerable<int> M() { await Task.Yield(); $; yield return 1; }",
    ];

    // A field initializer cannot use instance members, so it has calls of its own.
    private static readonly string[] FieldInitializers =
    [
        "readonly Action _field = () => Task.Run(() => { });",
        "readonly Action _field = async () => { await Task.Yield(); Task.Run(() => { }); };",
        "static readonly Action Field = () => InSourceValue();",
        "Action Property { get; } = () => { InSourceValue(); };",
    ];

    public static IEnumerable<TheoryDataRow<string>> AllPlaces => Places.Select(place => new TheoryDataRow<string>(place));

    public static IEnumerable<TheoryDataRow<string>> AllFieldInitializers =>
        FieldInitializers.Select(place => new TheoryDataRow<string>(place));

    [Theory]
    [MemberData(nameof(AllPlaces))]
    public async Task DroppedCall_InAPlace_IsReportedByOneOfThem(string place)
    {
        var classes =
            Calls.Select((call, index) => $"class K{index}\n{{\n{Members}\n{place.Replace("$", call)}\n}}\n".Replace("@", "K" + index))
            .ToList();
        var diagnostics = await DiagnosticsOf(string.Concat(classes), RuleTestOptions.Default);
        var wanted = Calls.SelectMany(call => Enumerable.Repeat(call, place.Count(character => character == '$')));
        var reported = diagnostics.DistinctBy(diagnostic => diagnostic.Location.SourceSpan)
            .Select(diagnostic => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
        Assert.Equal(wanted, reported);
        Assert.Equal(diagnostics.Length, diagnostics.Select(diagnostic => diagnostic.Location.SourceSpan).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(AllFieldInitializers))]
    public Task DroppedCall_InFieldInitializer_IsReportedByOneOfThem(string field) =>
    AssertReportedOnce($"{Members}\n{field}".Replace("@", "C"));

    [Theory]
    [InlineData("await Task.Yield(); Go(); static async Task Go() => await Task.Yield();")]
    [InlineData("await Task.Yield(); Go(); static Task Go() => Task.CompletedTask;")]
    [InlineData("Go(); static async Task Go() => await Task.Yield();")]
    [InlineData("Go(); static Task Go() => Task.CompletedTask;")]
    [InlineData("await Task.Yield(); Go().ConfigureAwait(false); static Task Go() => Task.CompletedTask;")]
    [InlineData("Go()?.ConfigureAwait(false); static Task? Go() => null;")]
    [InlineData("lock (args) { Go(); } static Task Go() => Task.CompletedTask;")]
    [InlineData("System.Action a = () => { Go(); }; static Task Go() => Task.CompletedTask;")]
    [InlineData("Local(); void Local() { Task.Run(() => { }); }")]
    [InlineData("await Task.Yield(); Local(); void Local() { Task.Run(() => { }); }")]
    public Task DroppedCall_InTopLevelProgram_IsReportedByOneOfThem(string program) =>
        AssertReportedOnce("using System.Threading.Tasks;\n" + program, RuleTestOptions.TopLevel);

    [Fact]
    public Task DroppedCall_OfAnotherProject_IsReportedByOneOfThem() => AssertReportedOnce(
        "void M() { new Other().AsyncThere(); }",
        new()
        {
            ReferencedProjects = [new("Library",
            [("Other.cs",
                "public class Other { public async System.Threading.Tasks.Task AsyncThere() => await System.Threading.Tasks.Task.Yield(); }")])]
        });

    private static async Task AssertReportedOnce(string source, RuleTestOptions? options = null) =>
        Assert.Single(await DiagnosticsOf(source, options ?? RuleTestOptions.Default));

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsOf(string source, RuleTestOptions options)
    {
        var withCompiler = options with { CompilerDiagnosticIds = ["CS4014"] };
        Assert.Empty(AnalyzerRun.GetCompilerErrors(source, withCompiler).Select(error => error.ToString()));
        return await AnalyzerRun.GetDiagnosticsAsync([new DroppedTaskAnalyzer()], source, withCompiler);
    }
}
