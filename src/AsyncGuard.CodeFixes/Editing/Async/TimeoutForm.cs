using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// A time-out that is written with <c>Task.WhenAny</c>: a test which of task and delay has won, a <c>TimeoutException</c> where the delay
/// has,
/// and code that goes on with the task. It becomes <c>await task.WaitAsync(t)</c>.
/// </summary>
internal sealed class TimeoutForm
{
    private readonly FixContext _fix;
    private readonly InvocationExpressionSyntax _race;
    private readonly IdentifierNameSyntax _task;
    private readonly InvocationExpressionSyntax _delay;
    private readonly List<StatementSyntax> _needless = new();
    private IfStatementSyntax? _test;
    private StatementSyntax? _won;

    private TimeoutForm(InvocationExpressionSyntax race, IdentifierNameSyntax task, InvocationExpressionSyntax delay, FixContext fix)
    {
        _fix = fix;
        _race = race;
        _task = task;
        _delay = delay;
    }

    public static TimeoutForm? Of(InvocationExpressionSyntax race, FixContext fix)
    {
        if (fix.Guard.Types.Task?.GetMembers("WaitAsync").IsEmpty != false || race.ArgumentList.Arguments is not { Count: 2 } tasks)
            return null;
        return Of(race, tasks[0].Expression, tasks[1].Expression, fix) ?? Of(race, tasks[1].Expression, tasks[0].Expression, fix);
    }

    public void Record(DocumentEdits edits)
    {
        foreach (var statement in _needless) edits.ReplaceByMany(statement, static _ => []);

        var configureAwait = Awaiting.UsesConfigureAwait(_race, _fix, _fix.Model.GetTypeInfo(_task, _fix.CancellationToken).Type);
        var wait = Limited();
        if (!_test!.GetLeadingTrivia().Any(UnwrapUsing.IsComment) && Next() is { } next && AwaitedTask(next) is { } awaited)
        {
            edits.Replace(awaited, current => wait.WithTriviaFrom(current));
            if (_won is null) edits.ReplaceByMany(_test!, static _ => []);
            else edits.ReplaceByMany(_test!, current => Won((IfStatementSyntax)current));
        }
        else
        {
            StatementSyntax statement = ExpressionStatement(Awaiting.InPlaceOf(wait, wait, configureAwait));
            edits.ReplaceByMany(_test!, current => _won is null
                ? [statement.WithTriviaFrom(current)]
                : [statement.WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(EndOfLine(_fix.Root)),
                .. Won((IfStatementSyntax)current)]);
        }

        KnownImports.AddTimeSpan(edits, _race, _fix);
    }

    private static TimeoutForm? Of(InvocationExpressionSyntax race, ExpressionSyntax task, ExpressionSyntax delay, FixContext fix)
    {
        if (task is not IdentifierNameSyntax name || !fix.Guard.Awaitables.IsTask(fix.Model.GetTypeInfo(name, fix.CancellationToken).Type))
            return null;
        if (DelayOf(delay, fix, out var declaration) is not { } call) return null;
        var form = new TimeoutForm(race, name, call, fix);
        if (declaration is not null) form._needless.Add(declaration);
        return form.ReadTest(delay as IdentifierNameSyntax) && form.KeepsComments() && form.IsAwaitedNext() ? form : null;
    }

    // Task.Delay(t), or a local with it that has no other purpose
    private static InvocationExpressionSyntax? DelayOf(ExpressionSyntax delay, FixContext fix,
        out LocalDeclarationStatementSyntax? declaration)
    {
        declaration = null;
        if (delay is IdentifierNameSyntax name)
        {
            if (fix.Model.GetSymbolInfo(name,
                fix.CancellationToken).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references })
                return null;
            if (references[0].GetSyntax(fix.CancellationToken) is not VariableDeclaratorSyntax
                {
                    Initializer.Value: var value,
                    Parent: VariableDeclarationSyntax
                    {
                        Variables.Count: 1,
                        Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } local
                    }
                } || !IsFree(local))
                return null;

            // The time-out begins where the delay does; only right before the race it is the same.
            if (StatementList.StatementAround(name) is not { } statement || Before(statement) != local) return null;
            declaration = local;
            delay = value;
        }

        return delay is InvocationExpressionSyntax call && fix.OperationOf(call) is IInvocationOperation operation
            && StartedTask.IsDelay(operation) && call.ArgumentList.Arguments.All(argument => argument.NameColon is null) ? call
            : null;
    }

    private bool ReadTest(IdentifierNameSyntax? delay)
    {
        if (ConfiguredTask.Around(_race).Parent is not AwaitExpressionSyntax winner) return false;
        var compared = Unwrapped.ParenthesesAround(winner);

        string? name = null;
        if (compared.Parent is EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Identifier: var identifier,
                    Parent: VariableDeclarationSyntax
                    {
                        Variables.Count: 1,
                        Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } local
                    }
                }
            })
        {
            name = identifier.ValueText;
            if (!IsFree(local) || Uses(name, local) != 1
                || After(local) is not IfStatementSyntax { Condition: BinaryExpressionSyntax comparison })
                return false;
            if (Other(comparison,
                side => side is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name) is not { } target)
                return false;
            _needless.Add(local);
            return ReadBranches(comparison, target, delay);
        }

        return compared.Parent is BinaryExpressionSyntax direct && Other(direct, side => side == compared) is { } other
            && ReadBranches(direct, other, delay);
    }

    private bool ReadBranches(BinaryExpressionSyntax comparison, ExpressionSyntax target, IdentifierNameSyntax? delay)
    {
        if (comparison.Parent is not IfStatementSyntax { Parent: BlockSyntax } test
            || !(comparison.IsKind(SyntaxKind.EqualsExpression) || comparison.IsKind(SyntaxKind.NotEqualsExpression)))
            return false;
        if (target is not IdentifierNameSyntax { Identifier.ValueText: var name }) return false;
        var isTask = name == _task.Identifier.ValueText;
        if (!isTask && name != delay?.Identifier.ValueText) return false;
        if (delay is not null && Uses(delay.Identifier.ValueText, test) != (isTask ? 1 : 2)) return false;

        var isWonFirst = isTask == comparison.IsKind(SyntaxKind.EqualsExpression);
        _test = test;
        if (!isWonFirst)
        {
            _won = test.Else?.Statement;
            return IsTimeout(test.Statement) && CanMove(_won);
        }

        _won = test.Statement;
        if (test.Else is { Statement: var lost }) return IsTimeout(lost) && CanMove(_won);
        if (After(test) is not { } next || !IsTimeout(next) || !IsFree(next) || !Leaves(_won)) return false;
        _needless.Add(next);
        return CanMove(_won);
    }

    // throw new TimeoutException(); with a message of its own it says more than WaitAsync would
    private bool IsTimeout(StatementSyntax statement)
    {
        if (statement is BlockSyntax { Statements: { Count: 1 } inner } && IsFree(statement)) statement = inner[0];
        return statement is ThrowStatementSyntax
        {
            Expression: BaseObjectCreationExpressionSyntax
            {
                ArgumentList.Arguments.Count: 0,
                Initializer: null
            } created
        }
            && IsFree(statement) && _fix.Model.GetTypeInfo(created, _fix.CancellationToken).Type is { } type
            && SymbolEqualityComparer.Default.Equals(type, _fix.Guard.Types.TimeoutException);
    }

    private static bool CanMove(StatementSyntax? won) =>
        won is null || (won is BlockSyntax block ? UnwrapUsing.CanLoseBraces(block)
        : won is not (IfStatementSyntax or LocalDeclarationStatementSyntax) && IsFree(won));

    private IReadOnlyList<SyntaxNode> Won(IfStatementSyntax current)
    {
        var won = _won == _test!.Statement ? current.Statement : current.Else!.Statement;
        return won is BlockSyntax block ? UnwrapUsing.Inner(block, current)
            : [won.WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(current.GetTrailingTrivia())];
    }

    // task.WaitAsync(TimeSpan.FromMilliseconds(100), token)
    private InvocationExpressionSyntax Limited()
    {
        var arguments = _delay.ArgumentList.Arguments;
        var limit = arguments[0].Expression.WithoutTrivia();
        if (_fix.Model.GetTypeInfo(arguments[0].Expression, _fix.CancellationToken).ConvertedType?.SpecialType == SpecialType.System_Int32)
            limit = InvocationExpression(ParseExpression("TimeSpan.FromMilliseconds"),
                ArgumentList(SingletonSeparatedList(Argument(limit))));
        var list = ArgumentList(SingletonSeparatedList(Argument(limit)));
        foreach (var further in arguments.Skip(1)) list = ArgumentLists.Append(list, further.WithoutTrivia());

        var token = arguments.Count == 1 && _fix.OperationOf(_race) is { } place ? TokenWay.TokenAt(place, _fix) : null;
        if (token is not null) list = ArgumentLists.Append(list, Argument(ParseExpression(token)));
        return InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, _task.WithoutTrivia(),
            IdentifierName("WaitAsync")), list);
    }

    // Task.WhenAny does not throw what the task has failed with; WaitAsync does, as the next await of the task.
    private bool IsAwaitedNext() => Next() is { } next && AwaitedTask(next) is not null;

    private StatementSyntax? Next() => _won is null ? After(_test!) : FirstOf(_won);

    private static StatementSyntax FirstOf(StatementSyntax won) =>
        won is BlockSyntax { Statements: { Count: > 0 } statements } ? statements[0] : won;

    /// <summary>
    /// The task in <c>await task</c> of a statement that does nothing before: <c>return await task;</c>, <c>var x = await task;</c>,
    /// <c>await task;</c>
    /// </summary>
    private IdentifierNameSyntax? AwaitedTask(StatementSyntax statement)
    {
        var value = statement switch
        {
            ReturnStatementSyntax { Expression: var returned } => returned,
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax, Right: var assigned } } =>
                assigned,
            ExpressionStatementSyntax { Expression: var expression } => expression,
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } => variables[0].Initializer?.Value,
            _ => null,
        };
        if (value is not AwaitExpressionSyntax { Expression: var awaited }) return null;
        return ConfiguredTask.In(awaited) is IdentifierNameSyntax name
            && name.Identifier.ValueText == _task.Identifier.ValueText ? name : null;
    }

    private static bool Leaves(StatementSyntax statement) =>
        statement is ReturnStatementSyntax
        || (statement is BlockSyntax { Statements: { Count: > 0 } statements }
        && statements.Last() is ReturnStatementSyntax or ThrowStatementSyntax);

    private static ExpressionSyntax? Other(BinaryExpressionSyntax comparison, System.Func<ExpressionSyntax, bool> isWinner) =>
        isWinner(comparison.Left) ? comparison.Right : isWinner(comparison.Right) ? comparison.Left : null;

    /// <summary>How often the function around a statement names a local.</summary>
    private static int Uses(string name, StatementSyntax statement) =>
        EnclosingFunction.Of(statement)?.DescendantNodes().OfType<IdentifierNameSyntax>().Count(use => use.Identifier.ValueText == name)
        ?? 0;

    private static StatementSyntax? Before(StatementSyntax statement) => Neighbour(statement, -1);

    private static StatementSyntax? After(StatementSyntax statement) => Neighbour(statement, 1);

    private static StatementSyntax? Neighbour(StatementSyntax statement, int distance)
    {
        if (StatementList.ListOf(statement) is not { } list) return null;
        var statements = StatementList.In(list).ToList();
        var index = statements.IndexOf(statement) + distance;
        return index >= 0 && index < statements.Count ? statements[index] : null;
    }

    // if (/* … */ winner != task) /* late */ throw …
    private bool KeepsComments() =>
        !_test!.DescendantTokens().TakeWhile(token => token != _test.CloseParenToken)
        .SelectMany(token => token == _test.IfKeyword ? token.TrailingTrivia : token.LeadingTrivia.Concat(token.TrailingTrivia))
        .Concat(_test.CloseParenToken.TrailingTrivia).Any(UnwrapUsing.IsComment);

    // What goes away must not take a comment along.
    private static bool IsFree(SyntaxNode statement) => !UnwrapUsing.HasComment(statement);

    private static SyntaxTrivia EndOfLine(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is var first
        && first.IsKind(SyntaxKind.EndOfLineTrivia) ? first : LineFeed;
}
