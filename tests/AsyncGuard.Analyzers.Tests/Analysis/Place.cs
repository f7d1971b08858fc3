using System;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis;

/// <summary>A place in the members of a class, for the tests that ask one room of Analysis.</summary>
internal sealed class Place
{
    private const string Prelude =
        """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {

        """;

    private Place(IOperation operation, ISymbol? member, GuardContext guard)
    {
        Operation = operation;
        Member = member;
        Guard = guard;
    }

    public IOperation Operation { get; }

    public ISymbol? Member { get; }

    public GuardContext Guard { get; }

    /// <summary>The operation of the only node with the text.</summary>
    public static Place At(string members, string text)
    {
        var compilation = AnalyzerRun.Compile(Prelude + members + "\n}", RuleTestOptions.File);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees.Single(tree => tree.ToString().EndsWith(members + "\n}", StringComparison.Ordinal));
        var model = compilation.GetSemanticModel(tree);
        var (node, operation) = tree.GetRoot().DescendantNodes().Where(node => node.ToString() == text)
            .Select(node => (node, Operation: model.GetOperation(node))).First(found => found.Operation is not null);
        var member = model.GetEnclosingSymbol(node.SpanStart);
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            member = member.ContainingSymbol;
        return new Place(operation!, member, GuardContext.For(compilation));
    }

    public TOperation As<TOperation>() => Assert.IsAssignableFrom<TOperation>(Operation);

    /// <summary>The control flow around the place.</summary>
    public ControlFlowGraph Graph()
    {
        var root = Operation;
        while (root.Parent is { } parent) root = parent;
        return ControlFlowGraph.Create((IMethodBodyOperation)root);
    }
}
