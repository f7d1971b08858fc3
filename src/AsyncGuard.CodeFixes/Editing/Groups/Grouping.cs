using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// Makes tasks children of a group that the scope around them waits for: <c>await TaskGroup.RunAsync(async group => { … }, token)</c>, or
/// where control leaves the scope in ways that no lambda can, <c>await using var group = TaskGroup.Open(…)</c> with <c>JoinAsync</c> at
/// every way out.
/// </summary>
internal sealed class Grouping
{
    private const string Purpose = "group";

    private readonly GroupScope _scope;
    private readonly IReadOnlyList<ChildStart> _starts;
    private readonly AsyncSignature? _signature;
    private readonly GroupForm _form;
    private readonly StatementSyntax? _removed;
    private readonly LimitedStart? _limit;
    private readonly FixContext _fix;

    private Grouping(GroupScope scope, IReadOnlyList<ChildStart> starts, AsyncSignature? signature, GroupForm form,
        StatementSyntax? removed, LimitedStart? limit, FixContext fix)
    {
        _limit = limit;
        _scope = scope;
        _starts = starts;
        _signature = signature;
        _form = form;
        _removed = removed;
        _fix = fix;
    }

    /// <summary>
    /// The ways to group the tasks that the expressions start, best first; empty where there is none, or no runtime library.
    /// </summary>
    /// <param name="starts">The calls, or the async selectors, and where each runs: of a selector, the call that receives it.</param>
    /// <param name="removed">A declaration that nothing needs any more.</param>
    /// <param name="fix">The finding.</param>
    /// <param name="limit">The loop whose tasks have to wait for their turn, and the options that say so.</param>
    public static IEnumerable<Grouping> For(IReadOnlyList<(ExpressionSyntax Start, SyntaxNode Place)> starts, StatementSyntax? removed,
        FixContext fix, LimitedStart? limit = null)
    {
        if (fix.Guard.Types.TaskGroup is null || starts.Count == 0
            || GroupScope.For([.. starts.Select(start => start.Place)], fix) is not { } scope)
            yield break;
        if (fix.OperationOf(scope.First) is not { } place || scope.Statements().Any(statement => statement.ContainsDirectives)) yield break;
        // What the statements leave set for those behind the scope would end with the lambda that they move into.
        if (!scope.Exists && !scope.EndsFunction
            && FlowingState.IsLeftBy(scope.Statements().Select(fix.OperationOf).OfType<IOperation>(), fix.Guard))
            yield break;
        var signature = scope.Exists ? null : AsyncSignature.For(scope.First, fix);
        if (!scope.Exists
            && (signature is null || CodeContext.Of(place, fix.MemberOf(scope.First), fix.Guard).Obstacle != AwaitObstacle.None))
            yield break;

        var token = TokenWay.TokenAt(place, fix);
        var children = new List<ChildStart>();
        foreach (var (start, _) in starts)
        {
            if (ChildStart.For(start, scope.Exists ? scope.Token : token, fix, scope.Exists ? scope.Name : null) is not { } child)
                yield break;
            children.Add(child);
        }

        if (scope.Exists)
        {
            if (limit is null || LimitedStart.Has(scope))
                yield return new Grouping(scope, children, signature,
                    new GroupForm(scope, GroupFormKind.Existing, null, null, false, false), removed, limit, fix);
            yield break;
        }

        var configureAwait = Awaiting.UsesConfigureAwait(scope.First, fix, fix.Guard.Types.Task);
        foreach (var form in GroupForm.For(scope, token, limit?.Options, configureAwait, fix))
            yield return new Grouping(scope, children, signature, form, removed, limit, fix);
    }

    /// <summary>All ways as plans of one key, of which the first that compiles is offered.</summary>
    public static IEnumerable<FixPlan> Plans(IReadOnlyList<(ExpressionSyntax Start, SyntaxNode Place)> starts, StatementSyntax? removed,
        string title, string key, FixContext fix, LimitedStart? limit = null)
    {
        foreach (var way in For(starts, removed, fix, limit)) yield return new FixPlan(title, key, way.Record);
    }

    private void Record(FixEdits all)
    {
        var edits = all.In(_fix.Document.Id);

        // The first start of a loop makes it wait, and that is enough for the others.
        if (_limit?.Record(edits, _scope.Name) == false) return;
        foreach (var start in _starts) Rewrite(start, edits);
        if (_removed is not null && !_starts.Any(start => _removed.Span.Contains(start.Node.Span))) edits.ReplaceByMany(_removed, _ => []);
        if (_scope.Exists || !edits.IsFirst(_scope.List, Purpose)) return;

        edits.Recheck(_scope.First);
        _form.Record(edits);
        _signature?.Record(edits);
        KnownImports.Add(_fix.Guard.Types.TaskGroup, edits, _scope.List, _fix);
    }

    private void Rewrite(ChildStart start, DocumentEdits edits)
    {
        switch (start.Node.Parent)
        {
            // SendAsync();  →  _ = group.Start(ct => SendAsync(ct));
            case ExpressionStatementSyntax:
                edits.Replace(start.Node, current => Discarded(start.Write((ExpressionSyntax)current, _scope.Name)));
                break;

            // tasks.Add(SendAsync()), where nothing else is done with the list
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } add } argument
                when _removed is not null:
                var at = ((ArgumentListSyntax)argument.Parent!).Arguments.IndexOf(argument);
                edits.Replace(
                    add,
                    current => Discarded(
                        start.Write(((InvocationExpressionSyntax)current).ArgumentList.Arguments[at].Expression, _scope.Name))
                        .WithTriviaFrom(current));
                break;

            // var task = SendAsync(), where nothing else is done with the task
            case EqualsValueClauseSyntax { Parent.Parent.Parent: LocalDeclarationStatementSyntax declaration } when declaration == _removed:
                edits.Replace(declaration,
                    current => ExpressionStatement(
                        Discarded(start.Write(((LocalDeclarationStatementSyntax)current).Declaration.Variables[0].Initializer!.Value,
                            _scope.Name))).WithTriviaFrom(current));
                break;

            default:
                edits.Replace(start.Node, current => start.Write((ExpressionSyntax)current, _scope.Name));
                break;
        }
    }

    private static ExpressionSyntax Discarded(ExpressionSyntax start) =>
        AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            IdentifierName(Identifier(start.GetLeadingTrivia(), SyntaxKind.UnderscoreToken, "_", "_", TriviaList(Space))),
            Token(TriviaList(), SyntaxKind.EqualsToken, TriviaList(Space)),
            start.WithoutLeadingTrivia());
}
