using System.Linq;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// Awaits what a local keeps, at the end of the block that declares it: <c>await task;</c>, <c>await Task.WhenAll(tasks);</c>
/// </summary>
internal sealed class AwaitAtEnd
{
    private readonly SyntaxNode _list;
    private readonly ExpressionSyntax _awaited;
    private readonly AsyncSignature _signature;
    private readonly bool _configureAwait;

    private AwaitAtEnd(SyntaxNode list, ExpressionSyntax awaited, AsyncSignature signature, bool configureAwait)
    {
        _list = list;
        _awaited = awaited;
        _signature = signature;
        _configureAwait = configureAwait;
    }

    /// <summary>How the local is awaited; null where the block can be left before its end, or its function cannot await.</summary>
    public static AwaitAtEnd? For(SyntaxNode declaration, ILocalSymbol local, FixContext fix)
    {
        if (StatementList.StatementAround(declaration) is not { } statement || StatementList.ListOf(statement) is not { } list) return null;
        var statements = StatementList.In(list);
        var after = statements.SkipWhile(other => other != statement).Skip(1).ToList();
        if (StatementList.CanBeLeft(after.Take(StatementList.IndexOfEnd(after)))) return null;
        if (statements.Last() is ThrowStatementSyntax || fix.OperationOf(statement) is not { } place || HasObstacle(place, statement, fix))
            return null;
        if (AsyncSignature.For(declaration, fix) is not { } signature) return null;

        var name = IdentifierName(Identifier(local.Name));
        var awaited = fix.Guard.Awaitables.IsAwaitable(local.Type) ? name : WhenAll(name, local.Type);
        return new AwaitAtEnd(list, awaited, signature, Awaiting.UsesConfigureAwait(declaration, fix, fix.Guard.Types.Task));
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        var statement = ExpressionStatement(Awaiting.InPlaceOf(_awaited, _awaited, _configureAwait));
        edits.Replace(_list, current => StatementList.WithLast(current, statement));
        _signature.Record(edits);
        if (_awaited is InvocationExpressionSyntax) KnownImports.AddTask(edits, _list, fix);
    }

    private static bool HasObstacle(IOperation place, SyntaxNode node, FixContext fix) =>
        CodeContext.Of(place, fix.MemberOf(node), fix.Guard).Obstacle != AwaitObstacle.None;

    // Task.WhenAll(tasks), Task.WhenAll(byName.Values)
    private static ExpressionSyntax WhenAll(ExpressionSyntax name, ITypeSymbol type)
    {
        var tasks = type.GetMembers("Values").IsEmpty ? name
            : MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, name, IdentifierName("Values"));
        return InvocationExpression(ParseExpression("Task.WhenAll"), ArgumentList(SingletonSeparatedList(Argument(tasks))));
    }
}
