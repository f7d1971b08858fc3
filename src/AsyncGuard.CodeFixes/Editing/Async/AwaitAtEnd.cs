using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// Awaits what a local keeps, at the end of the block that declares it: <c>await task;</c>, <c>await Task.WhenAll(tasks);</c>. Where that
/// ends in the await of another task that the block keeps, both are awaited together, so that a failure of one does not abandon the other;
/// where another task is awaited before, none.
/// </summary>
internal sealed class AwaitAtEnd
{
    private readonly SyntaxNode _list;
    private readonly ExpressionSyntax _awaited;
    private readonly AsyncSignature _signature;
    private readonly bool _configureAwait;
    private readonly HashSet<string> _tasks;

    private AwaitAtEnd(SyntaxNode list, ExpressionSyntax awaited, AsyncSignature signature, bool configureAwait,
        HashSet<string> tasks)
    {
        _list = list;
        _awaited = awaited;
        _signature = signature;
        _configureAwait = configureAwait;
        _tasks = tasks;
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
        var isOne = fix.Guard.Awaitables.IsAwaitable(local.Type);
        var tasks = fix.Guard.Awaitables.IsTask(local.Type) ? TasksIn(statements, fix) : [];
        if (isOne && after.Exists(other => !IsJoined(other, statements, tasks) && AwaitsKept(other, fix))) return null;
        return new AwaitAtEnd(list, isOne ? name : WhenAll(name, local.Type), signature,
            Awaiting.UsesConfigureAwait(declaration, fix, fix.Guard.Types.Task), tasks);
    }

    private static bool IsJoined(StatementSyntax statement, IReadOnlyList<StatementSyntax> statements, HashSet<string> tasks)
    {
        var index = StatementList.IndexOfEnd(statements) - 1;
        return index >= 0 && statements[index] == statement
            && statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: var awaited } }
            && NamesIn(awaited) is { } names && names.TrueForAll(tasks.Contains);
    }

    // await u; where u fails, what is awaited after it is not awaited
    private static bool AwaitsKept(StatementSyntax statement, FixContext fix)
    {
        foreach (var node in statement.DescendantNodesAndSelf(
            inner => inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is AwaitExpressionSyntax { Expression: var awaited }
                && ConfiguredTask.In(awaited) is IdentifierNameSyntax kept
                && fix.Model.GetSymbolInfo(kept, fix.CancellationToken).Symbol is ILocalSymbol)
                return true;
        }

        return false;
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        var statement = ExpressionStatement(Awaiting.InPlaceOf(_awaited, _awaited, _configureAwait));
        edits.Replace(_list, current => Joined(current) ?? StatementList.WithLast(current, statement));
        _signature.Record(edits);
        if (_awaited is InvocationExpressionSyntax || _tasks.Count > 1) KnownImports.AddTask(edits, _list, fix);
    }

    // await t;  →  await Task.WhenAll(t, u);
    private SyntaxNode? Joined(SyntaxNode list)
    {
        var statements = StatementList.In(list).ToList();
        var index = StatementList.IndexOfEnd(statements) - 1;
        if (index < 0 || statements[index] is not ExpressionStatementSyntax { Expression: AwaitExpressionSyntax last } previous
            || _awaited is not IdentifierNameSyntax || NamesIn(last.Expression) is not { } names || !names.TrueForAll(_tasks.Contains))
            return null;
        var all = InvocationExpression(ParseExpression("Task.WhenAll"), ArgumentList(SeparatedList(
            names.Select(static name => Argument(IdentifierName(name))).Append(Argument(_awaited)),
            Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), names.Count))));
        statements[index] = ExpressionStatement(Awaiting.InPlaceOf(all, all, _configureAwait)).WithTriviaFrom(previous);
        return StatementList.With(list, statements);
    }

    // t, t.ConfigureAwait(false), Task.WhenAll(t, u)
    private static List<string>? NamesIn(ExpressionSyntax awaited)
    {
        awaited = ConfiguredTask.In(awaited);
        if (awaited is IdentifierNameSyntax one) return [one.Identifier.ValueText];
        if (awaited is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called, ArgumentList.Arguments: var given }
            || !TaskMembers.WhenAll.IsNamed(called.Name.Identifier.ValueText))
            return null;
        var names = given.Select(static argument => argument.Expression).OfType<IdentifierNameSyntax>()
            .Select(static name => name.Identifier.ValueText).ToList();
        return names.Count == given.Count ? names : null;
    }

    private static HashSet<string> TasksIn(IEnumerable<StatementSyntax> statements, FixContext fix) =>
    [
        .. statements.OfType<LocalDeclarationStatementSyntax>().SelectMany(static declaration => declaration.Declaration.Variables)
            .Where(variable => fix.Model.GetDeclaredSymbol(variable, fix.CancellationToken) is ILocalSymbol { Type: var type }
                && fix.Guard.Awaitables.IsTask(type))
            .Select(static variable => variable.Identifier.ValueText),
    ];

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
