using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Cpu;
using AsyncGuard.Analysis.Names;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

#pragma warning disable RS1001, RS1038 // The analyzer inside is no rule.

/// <summary>
/// How much the rules do over a library with a synchronous and an asynchronous half: counted, never timed, so that it fails on any machine
/// as soon as a rule begins to bind what it need not.
/// </summary>
public sealed class WorkCountTests
{
    private const int Few = 20;
    private const int Many = 60;

    // The one synchronous call in async code, what it reaches, the tracer, the constructor of the session, and a body for each rule that
    // asks a second time: 7, and room for one.
    private const int MostBound = 8;

    // Of each module, by all rules together: 1,005, and room for one callback more for each of a dozen operations.
    private const int MostCallbacksOfAModule = 1_018;

    private const string Usings = "using System; using System.IO; using System.Text.RegularExpressions; " +
        "using System.Threading; using System.Threading.Tasks; ";

    [Fact]
    public async Task SynchronousHalf_IsNotBound()
    {
        var (few, many) = (await CountAsync(Few), await CountAsync(Many));
        Assert.InRange(few.Bound, 1, MostBound);
        Assert.Equal(few.Bound, many.Bound);
        Assert.Equal(few.Weighed, many.Weighed);
    }

    [Fact]
    public async Task Callbacks_GrowWithTheCode()
    {
        var (few, many) = (await CountAsync(Few), await CountAsync(Many));
        Assert.InRange((many.Callbacks - few.Callbacks) / (Many - Few), 1, MostCallbacksOfAModule);
    }

    [Fact]
    public async Task EditOfOneFile_ReadsOneFile()
    {
        var compilation = Compile(Few);
        var all = await CountAsync(compilation);
        var tree = compilation.SyntaxTrees[4];
        var edited = tree.WithChangedText((await tree.GetTextAsync(TestContext.Current.CancellationToken)).Replace(0, 0, "// edited\n"));
        var again = await CountAsync(compilation.ReplaceSyntaxTree(tree, edited));
        Assert.Equal(compilation.SyntaxTrees.Length, all.Read);
        Assert.Equal(1, again.Read);
    }

    private static Task<Counts> CountAsync(int modules) => CountAsync(Compile(modules));

    private static async Task<Counts> CountAsync(CSharpCompilation compilation)
    {
        var meters = RuleRow.AllAnalyzers.Select(analyzer => new AllocationMeter(analyzer)).ToList();
        var witness = new Witness();
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. meters.Select(meter => meter.Analyzer), witness];
        var findings = await AnalyzerRun.RunAsync(compilation, analyzers, new AnalyzerOptions([]));
        Assert.DoesNotContain(findings, finding => finding.Severity == DiagnosticSeverity.Error);
        Assert.Contains(findings, finding => finding.Id == "AGD0105");
        var guard = GuardContext.Known(witness.Analyzed!)!;
        return new Counts(Bodies.Of(guard).Bound, CpuIndex.Of(guard).BodiesRead, NameGraph.Of(guard).TreesRead,
            meters.Sum(meter => meter.Calls));
    }

    private static CSharpCompilation Compile(int modules) => CSharpCompilation.Create(
        "Library",
        Enumerable.Range(0, modules).SelectMany(Module).Append(User).Select(source => CSharpSyntaxTree.ParseText(Usings + source)),
        ReferenceAssemblies.Get(ReferenceSet.Net100),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static IEnumerable<string> Module(int number) =>
    [
        $$"""
        public class Client{{number}}
        {
            public void Connect() { Open(); Send("hello"); }
            public int Send(string text) { File.WriteAllText("log", text); return text.Length; }
            private void Open() { while (!File.Exists("ready")) Thread.Sleep(10); }
        }
        """,
        $$"""
        public class AsyncClient{{number}}
        {
            private readonly Client{{number}} _options = new();
            public override string ToString() => _options.ToString();
            public async Task Connect() { Tracer.Trace(_options); await Open().ConfigureAwait(false); await Send("hello"); }
            public async Task<int> Send(string text) { await File.WriteAllTextAsync("log", text); return IsName(text) ? text.Length : 0; }
            private static bool IsName(string text) => Regex.IsMatch(text, "^[a-z]+" + "([0-9]+)$");
            private async Task Open() { await Task.Delay(10); }
            public async Task Spread(Session session, string[] all) {
                Settings settings = new();
                foreach (var one in all) await session.RunAsync(one + settings + Count(session, all));
                await using var log = session.Log(new());
            }
            private int Count(Session session, string[] all) { var n = 0; foreach (var one in all) n += one.Length; return n; }
        }
        """,
        $$"""
        public class Codec{{number}}
        {
            public int Check(byte[] data) { var sum = 0; for (var i = 0; i < 5_000_000; i++) sum += data[i % data.Length]; return sum; }
            public int Again(byte[] data) => Check(data);
        }
        """,
    ];

    // By its text the tracer may block; that it does not is found out once, and no async code is bound for it. The session blocks, but only
    // where something disposes of it: neither a loop nor what is made or disposed of otherwise near it does.
    private static string User =>
        """
        class User { async Task Run(Client0 client) { client.Connect(); await Task.Yield(); } }
        static class Tracer { public static void Trace(object client) { var all = new StringWriter(); all.Write(client); } }
        public class Settings { }
        public sealed class Session : IDisposable
        {
            public Session() => Ended = Dispose;
            public Action Ended { get; }
            public void Dispose() { Thread.Sleep(10); }
            public Task RunAsync(string text) => Task.Delay(text.Length);
            public Stream Log(Settings settings) => Stream.Null;
        }
        """;

    private sealed record Counts(int Bound, int Weighed, int Read, long Callbacks);

    /// <summary>Knows which compilation the driver has analyzed.</summary>
    private sealed class Witness : DiagnosticAnalyzer
    {
        public Compilation? Analyzed { get; private set; }

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new DiagnosticDescriptor("WITNESS", "Nothing", "Nothing", "Nothing", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterCompilationAction(end => Analyzed = end.Compilation);
        }
    }
}
