using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Context;

/// <summary>Where the call <c>X()</c> runs.</summary>
public sealed class CodeContextTests
{
    private const string Prelude =
        "using System; using System.Collections.Generic; using System.Linq; using System.Threading; using System.Threading.Tasks; partial class C { static int X() => 1; ";

    [Theory]
    [InlineData("async Task M() { X(); }")]
    [InlineData("async void M() { X(); }")]
    [InlineData("Task M() { X(); return Task.CompletedTask; }")]
    [InlineData("ValueTask<int> M() => new(X());")]
    [InlineData("async IAsyncEnumerable<int> M() { yield return X(); await Task.Yield(); }")]
    [InlineData("public ValueTask DisposeAsync() { X(); return default; }")]
    [InlineData("void M() { Func<Task> f = async () => { X(); }; }")]
    [InlineData("void M() { Func<Task> f = () => { X(); return Task.CompletedTask; }; }")]
    [InlineData("void M() { async Task L() { X(); } }")]
    [InlineData("async Task M() { await Parallel.ForEachAsync(new[] { 1 }, (i, t) => { X(); return default; }); }")]
    [InlineData("async Task M() { new List<int>().ForEach(i => X()); }")]
    [InlineData("async Task M() { new[] { 1 }.Select(i => new[] { 2 }.Select(j => X())).ToList(); }")]
    [InlineData("async Task M() { var q = from a in new[] { 1 } where X() > 1 select a; }")]
    [InlineData("async Task M() { lock (this) { X(); } }")]
    [InlineData("class Cache<K, V> { public V GetOrAdd(K key, Func<K, V> make) => make(key); } async Task M(Cache<int, int> c) { c.GetOrAdd(1, k => X()); }")]
    [InlineData("static int GetOrCreate(string key, int seconds, Func<int> make) => make(); async Task M() { GetOrCreate(\"a\", 5, () => X()); }")]
    [InlineData("static async Task Main() { X(); }")]
    public void AsyncCode(string member) => Assert.Equal(ExecutionContextKind.Async, KindOf(member));

    [Theory]
    [InlineData("void M() { X(); }")]
    [InlineData("int P => X();")]
    [InlineData("Task P { get { X(); return Task.CompletedTask; } }")]
    [InlineData("C() { X(); }")]
    [InlineData("int f = X();")]
    [InlineData("async Task M() { void L() { X(); } L(); }")]
    [InlineData("async Task M() { Action a = () => X(); }")]
    [InlineData("static string GetOrAdd(int key, Func<int> later) => later.ToString(); async Task M() { GetOrAdd(1, () => X()); }")]
    [InlineData("static void GetOrAdd(int key, Action later) { } async Task M() { GetOrAdd(1, () => X()); }")]
    [InlineData("static Lazy<int> GetOrAdd(int key, Func<int> later) => new(later); async Task M() { GetOrAdd(1, () => X()); }")]
    [InlineData("async Task M() { new List<int>().ForEach(i => { Action a = () => X(); }); }")]
    [InlineData("IEnumerable<int> M() { yield return X(); }")]
    public void PlainSynchronousCode(string member) => Assert.Equal(ExecutionContextKind.Unsure, KindOf(member));

    [Theory]
    [InlineData("async Task M() { await Task.Run(() => X()); }")]
    [InlineData("async Task M() { await Task.Factory.StartNew(() => { X(); }); }")]
    [InlineData("async Task M() { new Thread(() => X()).Start(); }")]
    [InlineData("async Task M() { Parallel.For(0, 1, i => X()); }")]
    [InlineData("async Task M() { ThreadPool.QueueUserWorkItem(_ => X()); }")]
    [InlineData("async Task M(Task t) { await t.ContinueWith(_ => X()); }")]
    [InlineData("static void Main() { X(); }")]
    public void BlockingFriendlyCode(string member) => Assert.Equal(ExecutionContextKind.BlockingFriendly, KindOf(member));

    [Theory]
    [InlineData("async Task M() { System.Linq.Expressions.Expression<Func<int>> e = () => X(); }")]
    [InlineData("async Task M(IQueryable<int> q) { q.Where(i => X() > i); }")]
    public void CodeThatNeverRunsAsItStands(string member) => Assert.Equal(ExecutionContextKind.NotExecuted, KindOf(member));

    [Theory]
    [InlineData("async Task M() { X(); }", nameof(AwaitObstacle.None))]
    [InlineData("async Task M() { lock (this) { X(); } }", nameof(AwaitObstacle.Lock))]
    [InlineData("async Task M() { lock (this) { Func<Task> f = async () => X(); } }", nameof(AwaitObstacle.None))]
    [InlineData("async Task M() { try { } catch when (X() > 1) { } }", nameof(AwaitObstacle.CatchFilter))]
    [InlineData("async Task M() { unsafe { X(); } }", nameof(AwaitObstacle.Unsafe))]
    [InlineData("unsafe Task M() { X(); return Task.CompletedTask; }", nameof(AwaitObstacle.Unsafe))]
    [InlineData("async Task M() { new List<int>().ForEach(i => X()); }", nameof(AwaitObstacle.SynchronousLambda))]
    [InlineData("async Task M() { var q = from a in new[] { 1 } where X() > 1 select a; }", nameof(AwaitObstacle.Query))]
    [InlineData("async Task M() { var q = from a in new[] { X() } select a; }", nameof(AwaitObstacle.None))]
    public void WhatForbidsAwait(string member, string expected) =>
    Assert.Equal(expected, ContextOf(Prelude + member + " }", RuleTestOptions.File).Obstacle.ToString());

    [Theory]
    [InlineData("await System.Threading.Tasks.Task.Yield(); X(); int X() => 1;", nameof(ExecutionContextKind.Async))]
    [InlineData("X(); int X() => 1;", nameof(ExecutionContextKind.BlockingFriendly))]
    public void TopLevelProgram_IsAsyncWhereItAwaits(string program, string expected) =>
        Assert.Equal(expected, ContextOf(program, RuleTestOptions.TopLevel).Kind.ToString());

    private static ExecutionContextKind KindOf(string member) => ContextOf(Prelude + member + " }", RuleTestOptions.File).Kind;

    private static CodeContext ContextOf(string source, RuleTestOptions options)
    {
        var compilation = AnalyzerRun.Compile(source, options);
        var tree = compilation.SyntaxTrees.Single(tree => tree.ToString().Contains("X()"));
        var call = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single(node => node.ToString() == "X()");
        var model = compilation.GetSemanticModel(tree);
        var member = model.GetEnclosingSymbol(call.SpanStart);
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            member = member.ContainingSymbol;
        return CodeContext.Of(model.GetOperation(call)!, member, GuardContext.For(compilation));
    }
}
