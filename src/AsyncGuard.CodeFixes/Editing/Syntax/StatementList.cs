using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>The statements beside each other in a block, in a section of a <c>switch</c> or in a top-level program.</summary>
internal static class StatementList
{
    /// <summary>The statement of such a list that holds the node, or null outside of any.</summary>
    public static StatementSyntax? StatementAround(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement)
                return statement;
            if (current is AnonymousFunctionExpressionSyntax { ExpressionBody: not null } or MemberDeclarationSyntax) return null;
        }

        return null;
    }

    /// <summary>What holds the list of a statement.</summary>
    public static SyntaxNode? ListOf(StatementSyntax statement) =>
        statement.Parent is GlobalStatementSyntax global ? global.Parent : statement.Parent;

    public static IReadOnlyList<StatementSyntax> In(SyntaxNode list)
    {
        switch (list)
        {
            case BlockSyntax block:
                return block.Statements;
            case SwitchSectionSyntax section:
                return section.Statements;
            case CompilationUnitSyntax unit:
                return unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement).ToList();
            default:
                return [];
        }
    }

    public static SyntaxNode With(SyntaxNode list, IReadOnlyList<StatementSyntax> statements) => list switch
    {
        BlockSyntax block => block.WithStatements(List(statements)),
        SwitchSectionSyntax section => section.WithStatements(List(statements)),
        CompilationUnitSyntax unit =>
            unit.WithMembers(
            List(statements.Select(GlobalAround).Concat(unit.Members.Where(member => member is not GlobalStatementSyntax)))),
        _ => list,
    };

    /// <summary>Puts a statement at the end of the list, before what leaves it.</summary>
    public static SyntaxNode WithLast(SyntaxNode list, StatementSyntax added)
    {
        var statements = In(list).ToList();
        var index = IndexOfEnd(statements);
        if (index == 0) return list;
        var last = statements[index - 1];
        var previous = statements[index - 1] = WithLastLineEnd(last);
        statements.Insert(index, added.WithLeadingTrivia(Indentation(previous))
            .WithTrailingTrivia(LineEnd(last)));
        if (!EndsLine(previous))
            statements[index - 1] = previous.WithTrailingTrivia(previous.GetTrailingTrivia()
                .All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)) ? TriviaList(Space) : previous.GetTrailingTrivia());
        return With(list, statements);
    }

    /// <summary>Puts a statement before another, below that one's comments.</summary>
    public static SyntaxNode WithBefore(SyntaxNode list, StatementSyntax next, StatementSyntax added)
    {
        var statements = In(list).ToList();
        var index = statements.IndexOf(next);
        var lineEnd = LineEnd(WithLastLineEnd(next));
        var isOneLine = !lineEnd.Any(SyntaxKind.EndOfLineTrivia);
        statements[index] = next.WithLeadingTrivia(isOneLine ? TriviaList() : Indentation(next));
        statements.Insert(index, added.WithLeadingTrivia(next.GetLeadingTrivia())
            .WithTrailingTrivia(isOneLine ? TriviaList(Space) : lineEnd));
        return With(list, statements);
    }

    /// <summary>
    /// Puts statements, passed as lines that are indented by tabs, after another one; in a list of a single line into that line.
    /// </summary>
    public static SyntaxNode WithAfter(SyntaxNode list, StatementSyntax previous, IReadOnlyList<string> lines)
    {
        var statements = In(list).ToList();
        var index = statements.IndexOf(previous);
        var isLast = WithLastLineEnd(previous) != previous;
        previous = statements[index] = WithLastLineEnd(previous);
        var indentation = Indentation(previous).ToFullString();
        var step = Indents.StepOf(previous);
        var lineEnd = LineEnd(previous).ToFullString();
        var isOneLine = !EndsLine(previous);
        var text = isOneLine ? string.Join(" ", lines.Select(line => line.TrimStart('\t')))
            : string.Concat(lines.Select(line => indentation + line.Replace("\t", step) + lineEnd));
        if (isOneLine && !previous.GetTrailingTrivia().Any(SyntaxKind.WhitespaceTrivia))
            statements[index] = previous.WithTrailingTrivia(previous.GetTrailingTrivia().Add(Space));

        // Only in an async function is await a keyword.
        var added = ((MethodDeclarationSyntax)ParseMemberDeclaration("async void M() {" + (isOneLine ? "" : "\n") + text +
            "}")!).Body!.Statements[0];
        statements.Insert(index + 1, isOneLine ? added.WithTrailingTrivia(Space) : isLast ? added.WithoutTrailingTrivia() : added);
        return With(list, statements);
    }

    /// <summary>
    /// Where the list is left: before a last <c>return</c>, <c>break</c>, <c>continue</c> or local function, else its end.
    /// </summary>
    public static int IndexOfEnd(IReadOnlyList<StatementSyntax> statements)
    {
        var index = statements.Count;
        while (index > 0 && statements[index - 1] is LocalFunctionStatementSyntax) index--;
        return index > 0
            && statements[index - 1] is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax
            or YieldStatementSyntax { Expression: null } ? index - 1 : index;
    }

    /// <summary>Whether control can leave the statements in the middle, other than by an exception.</summary>
    public static bool CanBeLeft(IEnumerable<StatementSyntax> statements) => statements.Any(statement => Jumps(statement).Any());

    /// <summary>The jumps in a statement that lead out of it.</summary>
    public static IEnumerable<StatementSyntax> Jumps(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<StatementSyntax>().Where(jump => jump switch
        {
            ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax { Expression: null } => true,
            BreakStatementSyntax => !TargetIsIn(jump, statement, isBreak: true),
            ContinueStatementSyntax => !TargetIsIn(jump, statement, isBreak: false),
            _ => false,
        });

    public static SyntaxTriviaList Indentation(SyntaxNode node) =>
        TriviaList(node.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());

    private static bool TargetIsIn(StatementSyntax jump, StatementSyntax statement, bool isBreak)
    {
        for (SyntaxNode? current = jump; current is not null; current = current.Parent)
        {
            if (current is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                || (isBreak && current is SwitchStatementSyntax))
                return statement.Span.Contains(current.Span);
        }

        return false;
    }

    /// <summary>The statement, with a line of its own where the other, in front of which it is put, begins one.</summary>
    public static StatementSyntax OnItsLine(StatementSyntax statement, StatementSyntax next) =>
        EndsLine(statement) || !next.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? statement
        : statement.WithTrailingTrivia(statement.GetTrailingTrivia().Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            .Concat(LineEnd(next)));

    private static GlobalStatementSyntax GlobalAround(StatementSyntax statement) =>
        statement.Parent is GlobalStatementSyntax global ? global : GlobalStatement(statement);

    // Only the last line of a file has no end, where it is not the first as well.
    private static StatementSyntax WithLastLineEnd(StatementSyntax statement) =>
        !EndsLine(statement) && statement.GetLastToken().GetNextToken(includeZeroWidth: true).IsKind(SyntaxKind.EndOfFileToken)
        && statement.GetFirstToken().GetPreviousToken().TrailingTrivia.FirstOrDefault(trivia =>
            trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } lineEnd
        ? statement.WithTrailingTrivia(statement.GetTrailingTrivia().Add(lineEnd)) : statement;

    private static bool EndsLine(SyntaxNode node) => node.GetTrailingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private static SyntaxTriviaList LineEnd(SyntaxNode node) =>
        TriviaList(node.GetTrailingTrivia().Where(trivia => trivia.Kind() is SyntaxKind.EndOfLineTrivia or SyntaxKind.WhitespaceTrivia)
        .Reverse().Take(1));
}
