using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>Writes a group around the statements of a scope, in one of the forms that control flow allows.</summary>
internal sealed class GroupForm(GroupScope scope, GroupFormKind kind, string? token, string? options, bool isAsync, bool configureAwait)
{
    public const string TokenMember = ".CancellationToken";

    /// <summary>The forms that the scope can have, best first. Whether a form compiles is for others to try.</summary>
    public static IEnumerable<GroupForm> For(GroupScope scope, string? token, string? options, bool configureAwait, FixContext fix)
    {
        var statements = scope.Statements();
        var end = StatementList.IndexOfEnd(statements);
        if (end == 0) yield break;
        var inside = statements.Take(end).ToList();
        var hasYield = statements.Any(statement => Own(statement).Any(node => node is YieldStatementSyntax));
        var hasLocalFunction = statements.Skip(end).Any(statement => statement is LocalFunctionStatementSyntax);

        if (!hasYield && !StatementList.CanBeLeft(inside))
            yield return new GroupForm(scope, GroupFormKind.Lambda, token, options, options is not null || inside.Any(Awaits),
                configureAwait);

        // return x; where x is a local of the scope, or in the middle of it
        if (!hasYield && scope.EndsFunction && !hasLocalFunction
            && statements.SelectMany(StatementList.Jumps).All(jump => jump is ReturnStatementSyntax))
        {
            var returns = statements.SelectMany(StatementList.Jumps).OfType<ReturnStatementSyntax>().ToList();
            if (returns.Count > 0 && returns.All(jump => jump.Expression is not null) && !EndIsReachable(statements, fix))
                yield return new GroupForm(scope, GroupFormKind.ReturningLambda, token, options, true, configureAwait);
            else if (returns.Count > 0 && returns.All(jump => jump.Expression is null))
                yield return new GroupForm(scope, GroupFormKind.Lambda, token, options, options is not null || statements.Any(Awaits),
                    configureAwait);
        }

        if (inside.SelectMany(StatementList.Jumps)
            .All(jump => jump.Parent is BlockSyntax or SwitchSectionSyntax && jump is not GotoStatementSyntax))
            yield return new GroupForm(scope, GroupFormKind.Block, token, options, true, configureAwait);
    }

    public void Record(DocumentEdits edits)
    {
        if (kind == GroupFormKind.Block)
        {
            foreach (var jump in scope.Statements().SelectMany(StatementList.Jumps))
                edits.ReplaceByMany(jump, current => [Join(current), current.WithLeadingTrivia(StatementList.Indentation(current))]);
        }

        edits.Replace(scope.List, current => kind == GroupFormKind.Block ? Opened(current) : Wrapped(current));
    }

    // What belongs to the function itself.
    private static IEnumerable<SyntaxNode> Own(SyntaxNode node) =>
        node.DescendantNodesAndSelf(inner => inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static bool Awaits(StatementSyntax statement) => Own(statement).Any(node => node switch
    {
        AwaitExpressionSyntax => true,
        CommonForEachStatementSyntax loop => loop.AwaitKeyword.RawKind != 0,
        UsingStatementSyntax use => use.AwaitKeyword.RawKind != 0,
        LocalDeclarationStatementSyntax declaration => declaration.AwaitKeyword.RawKind != 0,
        _ => false,
    });

    private static bool EndIsReachable(IReadOnlyList<StatementSyntax> statements, FixContext fix) =>
        statements[0].Parent is GlobalStatementSyntax
        || fix.Model.AnalyzeControlFlow(statements[0],
        statements[statements.Count - 1]) is not { Succeeded: true, EndPointIsReachable: false };

    private SyntaxNode Opened(SyntaxNode list)
    {
        var statements = StatementList.In(list).ToList();
        var index = statements.IndexOf(list.GetCurrentNode(scope.First)!);
        var first = statements[index];
        var given = string.Join(", ",
            new[] { options,
                token is null ? null : options is null ? "cancellationToken: " + token : token }.Where(argument => argument is not null));
        var open = ParseStatement($"await using var {scope.Name} = TaskGroup.Open({given});").WithLeadingTrivia(first.GetLeadingTrivia())
            .WithTrailingTrivia(LineEnd(first));
        statements[index] = first.WithLeadingTrivia(StatementList.Indentation(first));
        for (var i = index; i < statements.Count; i++) statements[i] = WithGroupToken(statements[i]);
        statements.Insert(index, open);
        var opened = StatementList.With(list, statements);
        var last = statements[statements.Count - 1];
        return Leaves(last) || !scopeEndIsReachable(last) ? opened : StatementList.WithLast(opened, JoinStatement());

        static bool scopeEndIsReachable(StatementSyntax last) =>
            last is not (ThrowStatementSyntax or WhileStatementSyntax { Condition.RawKind: (int)SyntaxKind.TrueLiteralExpression });
    }

    private static bool Leaves(StatementSyntax statement) =>
        statement is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or YieldStatementSyntax { Expression: null };

    private StatementSyntax Join(SyntaxNode jump) =>
        JoinStatement().WithLeadingTrivia(jump.GetLeadingTrivia()).WithTrailingTrivia(LineEnd(jump));

    private StatementSyntax JoinStatement() => ParseStatement($"await {scope.Name}.JoinAsync(){Configured};");

    private string Configured => configureAwait ? ".ConfigureAwait(false)" : "";

    private SyntaxNode Wrapped(SyntaxNode list)
    {
        var statements = StatementList.In(list).ToList();
        var index = statements.IndexOf(list.GetCurrentNode(scope.First)!);
        var end = kind == GroupFormKind.ReturningLambda ? statements.Count
            : index + StatementList.IndexOfEnd(statements.Skip(index).ToList());
        var moved = statements.GetRange(index, end - index);
        statements.RemoveRange(index, end - index);
        statements.Insert(index, Written(moved, list));
        return StatementList.With(list, statements);
    }

    private StatementSyntax Written(List<StatementSyntax> moved, SyntaxNode list)
    {
        for (var i = 0; i < moved.Count; i++) moved[i] = WithGroupToken(moved[i]);
        var first = moved[0];
        var keyword = kind == GroupFormKind.ReturningLambda ? "return await " : "await ";
        var arguments = (options is null ? "" : ", " + options) + (token is null ? "" : ", " + token);
        var shell = (StatementSyntax)ParseStatement(
            $"{keyword}TaskGroup.RunAsync({(isAsync ? "async " : "")}{scope.Name} => {{ }}{arguments}){Configured};");
        var body = shell.DescendantNodes().OfType<BlockSyntax>().First();

        // A blank line above stays above; a comment moves with the code that it describes.
        var indentation = StatementList.Indentation(first);
        var leading = first.GetLeadingTrivia();
        var blank = leading.TakeWhile(trivia => trivia.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia).ToList();
        while (blank.Count > 0 && !blank[blank.Count - 1].IsKind(SyntaxKind.EndOfLineTrivia)) blank.RemoveAt(blank.Count - 1);
        moved[0] = first.WithLeadingTrivia(leading.Skip(blank.Count));

        var lastTrailing = moved[moved.Count - 1].GetTrailingTrivia();
        var lineEnd = lastTrailing.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (!lineEnd.IsKind(SyntaxKind.EndOfLineTrivia))
        {
            // All in one line.
            moved[moved.Count - 1] = moved[moved.Count - 1].WithTrailingTrivia(Space);
            return shell.ReplaceNode(body,
                body.WithStatements(List(moved)).WithOpenBraceToken(Token(TriviaList(), SyntaxKind.OpenBraceToken, TriviaList(Space)))
                    .WithCloseBraceToken(Token(SyntaxKind.CloseBraceToken)))
                .WithLeadingTrivia(leading.Take(blank.Count).Concat(indentation)).WithTrailingTrivia(lastTrailing);
        }

        var ownLine = list is not BlockSyntax block || block.OpenBraceToken.LeadingTrivia.Any(SyntaxKind.WhitespaceTrivia)
            || block.OpenBraceToken.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var open = ownLine
            ? Token(indentation, SyntaxKind.OpenBraceToken, TriviaList(lineEnd))
            : Token(TriviaList(), SyntaxKind.OpenBraceToken, TriviaList(lineEnd));
        var written =
            shell.ReplaceNode(body,
            body.WithStatements(List(moved.Select(statement => Deeper(statement, Indents.StepOf(list))))).WithOpenBraceToken(open)
                .WithCloseBraceToken(Token(indentation, SyntaxKind.CloseBraceToken, TriviaList())));
        if (ownLine)
        {
            var arrow = written.DescendantTokens().First(found => found.IsKind(SyntaxKind.EqualsGreaterThanToken));
            written = written.ReplaceToken(arrow, arrow.WithTrailingTrivia(lineEnd));
        }

        return written.WithLeadingTrivia(blank.Concat(indentation)).WithTrailingTrivia(lineEnd);
    }

    /// <summary>
    /// What the scope waits for itself ends with the group as well: when a child fails, its token is the one that is cancelled.
    /// </summary>
    private StatementSyntax WithGroupToken(StatementSyntax statement)
    {
        if (token is null) return statement;
        var uses = statement.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ExpressionSyntax>()
            .Where(node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax && node.ToString() == token && IsRead(node));
        return statement.ReplaceNodes(uses, (original, current) => ParseExpression(scope.Name + TokenMember).WithTriviaFrom(current));
    }

    // f(token), token.IsCancellationRequested; not x.token, token: …, ref token, token = …
    private static bool IsRead(ExpressionSyntax node) => node.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == node,
        ArgumentSyntax argument =>
            argument.RefKindKeyword.RawKind == 0
            && argument.Parent?.Parent is not InvocationExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }
            },
        _ => false,
    };

    /// <summary>One level to the right, every line of it.</summary>
    private static StatementSyntax Deeper(StatementSyntax statement, string level)
    {
        var isLineStart = true;
        return statement.ReplaceTokens(statement.DescendantTokens(), (original, token) =>
        {
            var startsLine = isLineStart;
            isLineStart = original.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
            return startsLine || token.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia)
                ? token.WithLeadingTrivia(Deeper(token.LeadingTrivia, startsLine, level)) : token;
        });
    }

    private static SyntaxTriviaList Deeper(SyntaxTriviaList trivia, bool startsLine, string level)
    {
        var deeper = new List<SyntaxTrivia>();
        foreach (var one in trivia)
        {
            if (startsLine && !one.IsKind(SyntaxKind.EndOfLineTrivia)) deeper.Add(Whitespace(level));
            deeper.Add(one);
            startsLine = one.IsKind(SyntaxKind.EndOfLineTrivia);
        }

        if (startsLine) deeper.Add(Whitespace(level));
        return TriviaList(deeper);
    }

    private static SyntaxTriviaList LineEnd(SyntaxNode node) =>
        TriviaList(node.GetTrailingTrivia().Where(trivia => trivia.Kind() is SyntaxKind.EndOfLineTrivia or SyntaxKind.WhitespaceTrivia)
        .Reverse().Take(1));
}
