using System.Collections.Generic;
using System.Linq;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code.Flow;

/// <summary>The control flow graph of a method <c>M</c>, beside the methods that the tests of flow call.</summary>
internal static class Graphs
{
    private const string Prelude =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            object o = new();
            static int F() => 1;
            static void P() { }
            static bool X() => true;
            static bool From() => true;
            static bool To() => true;
            static void Stop() { }
            static void H(int i) { }
            static void Use(Action action) { }
            static IEnumerable<int> Items() => new[] { 1 };
            static async IAsyncEnumerable<int> Stream() { yield return 1; await Task.Yield(); }
            static Resource D() => new();
            class Resource : IDisposable, IAsyncDisposable { public void Dispose() { } public ValueTask DisposeAsync() => default; }

        """;

    /// <summary>The graph of <c>void M()</c> with this body.</summary>
    public static ControlFlowGraph OfBody(string body) => OfMethod($"void M() {{ int a = 0, b = 0, c = 0; {body} a = b = c; }}");

    public static ControlFlowGraph OfMethod(string method) => ControlFlowGraph.Create((IMethodBodyOperation)OperationOf(method));

    public static IOperation OperationOf(string method)
    {
        var compilation = AnalyzerRun.Compile(Prelude + method + "\n}", RuleTestOptions.File);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees.Single(tree => tree.ToString().Contains("static void Stop()"));
        var methods = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>();
        var declaration = methods.Single(node => node.Identifier.ValueText == "M");
        return compilation.GetSemanticModel(tree).GetOperation(declaration)!;
    }

    /// <summary>The calls of the graph, with the block and the index where each stands.</summary>
    public static IEnumerable<(IInvocationOperation Call, BasicBlock Block, int Index)> CallsIn(ControlFlowGraph graph)
    {
        foreach (var block in graph.Blocks)
        {
            var operations = AsyncGuard.Analysis.Code.FlowGraphs.InOrder(block);
            for (var i = 0; i < operations.Count; i++)
            {
                if (operations[i] is IInvocationOperation call) yield return (call, block, i);
            }
        }
    }
}
