using System.Linq;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// What a group does, without one: <c>SendAsync();</c> → <c>tasks.Add(SendAsync());</c>, with the list before the scope that has to own the
/// task, and
/// <c>await Task.WhenAll(tasks);</c> at its end.
/// </summary>
internal sealed class CollectAndAwait
{
    private const string Purpose = "keep and join";
    private const string Name = "tasks";

    private readonly ExpressionSyntax _node;
    private readonly GroupScope _scope;
    private readonly AsyncSignature _signature;
    private readonly bool _isValueTask;
    private readonly bool _exists;
    private readonly bool _configureAwait;

    private CollectAndAwait(ExpressionSyntax node, GroupScope scope, AsyncSignature signature, bool isValueTask, bool exists,
        bool configureAwait)
    {
        _node = node;
        _scope = scope;
        _signature = signature;
        _isValueTask = isValueTask;
        _exists = exists;
        _configureAwait = configureAwait;
    }

    /// <summary>How the dropped call is kept; null where its scope can be left before its end, or a group could own it.</summary>
    public static CollectAndAwait? For(ExpressionSyntax node, FixContext fix)
    {
        if (fix.Guard.Types.TaskGroup is not null || fix.Guard.Types.ListOfT is null || node.Parent is not ExpressionStatementSyntax)
            return null;
        if (ConfiguredTask.In(node) is InvocationExpressionSyntax inner) node = inner;
        if (fix.OperationOf(node) is not { Type: { } type } || GroupScope.For([node], fix) is not { } scope
            || fix.OperationOf(scope.First) is not { } place)
            return null;

        var isValueTask = fix.Guard.Awaitables.IsValueTask(type);
        if (!fix.Guard.Awaitables.IsTask(type) && (!isValueTask || node is ConditionalAccessExpressionSyntax)) return null;
        var statements = scope.Statements();
        if (StatementList.CanBeLeft(statements.Take(StatementList.IndexOfEnd(statements))) || statements.Last() is ThrowStatementSyntax)
            return null;
        if (CodeContext.Of(place, fix.MemberOf(node), fix.Guard).Obstacle != AwaitObstacle.None
            || AsyncSignature.For(scope.First, fix) is not { } signature)
            return null;

        var known = fix.Model.LookupSymbols(node.SpanStart, name: Name);
        var exists = known.Length == 1 && known[0] is ILocalSymbol local
            && SymbolEqualityComparer.Default.Equals(local.Type.OriginalDefinition, fix.Guard.Types.ListOfT)
            && IsDeclaredIn(scope, local, fix);
        return known.IsEmpty || exists
            ? new CollectAndAwait(node, scope, signature, isValueTask, exists,
            Awaiting.UsesConfigureAwait(node, fix, fix.Guard.Types.Task)) : null;
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        var statement = (ExpressionStatementSyntax)_node.FirstAncestorOrSelf<ExpressionStatementSyntax>()!;
        edits.Recheck(_node);
        edits.Replace(statement.Expression,
            current => Kept(current.GetCurrentNode(_node) ?? (ExpressionSyntax)current).WithTriviaFrom(current));
        if (_exists || !edits.IsFirst(_scope.List, Purpose)) return;

        edits.Recheck(_scope.First);
        edits.Replace(_scope.List, list => StatementList.WithLast(
            StatementList.WithBefore(list, list.GetCurrentNode(_scope.First)!, ParseStatement($"var {Name} = new List<Task>();")),
            ParseStatement($"await Task.WhenAll({Name}){(_configureAwait ? ".ConfigureAwait(false)" : "")};")));
        _signature.Record(edits);
        KnownImports.AddTask(edits, _scope.List, fix);
        KnownImports.Add(fix.Guard.Types.ListOfT, edits, _scope.List, fix);
    }

    private static bool IsDeclaredIn(GroupScope scope, ILocalSymbol local, FixContext fix) =>
        local.DeclaringSyntaxReferences.Length == 1
        && StatementList.StatementAround(local.DeclaringSyntaxReferences[0].GetSyntax(fix.CancellationToken)) is { } declaration
        && StatementList.ListOf(declaration) == scope.List
        && StatementList.In(scope.List)
        .Any(statement => statement.ToString().StartsWith($"await Task.WhenAll({Name})", System.StringComparison.Ordinal));

    private InvocationExpressionSyntax Kept(ExpressionSyntax current)
    {
        var task = current.WithoutTrivia();
        if (task is ConditionalAccessExpressionSyntax) task = ((ParenthesizedExpressionSyntax)NullConditional.OrCompleted(task)).Expression;
        if (_isValueTask)
            task = InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, IdentifierName("AsTask")));
        return InvocationExpression(ParseExpression(Name + ".Add"), ArgumentList(SingletonSeparatedList(Argument(task))));
    }
}
