using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Edits that put statements into another block, line by line, so that comments and blank lines stay what they are.</summary>
internal static class TextLines
{
    public static bool IsOneLine(StatementSyntax statement) => !statement.ToString().Contains('\n');

    /// <summary>
    /// Whether the lines of the block can be moved to the right: none of them lies inside a text or belongs to a directive.
    /// </summary>
    public static bool CanIndent(BlockSyntax block) =>
        block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
        && !block.DescendantTrivia()
        .Any(trivia => trivia.IsDirective || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && trivia.ToString().Contains('\n'))
        && !block.DescendantTokens().Any(token => token.Text.Contains('\n'));

    /// <summary>
    /// Puts the statements from <paramref name="first"/> up to <paramref name="release"/> into a <c>try</c>, and that one into its
    /// <c>finally</c>.
    /// </summary>
    public static BlockSyntax WithTryFinally(BlockSyntax block, int first, int release)
    {
        var statements = block.Statements;
        var indent = string.Concat(StatementList.Indentation(statements[first]).Select(trivia => trivia.ToString()));
        var step = Indents.StepOf(block);
        var newLine = LineEnd(block);
        var text = new StringBuilder().Append(indent).Append("try").Append(newLine).Append(indent).Append('{').Append(newLine);
        for (var i = first; i < release; i++) Indent(text, Whole(statements[i], isFirst: i == first, newLine), step, newLine);
        text.Append(indent).Append('}').Append(newLine).Append(indent).Append("finally").Append(newLine).Append(indent).Append('{')
            .Append(newLine);
        Indent(text, Whole(statements[release], isFirst: true, newLine), step, newLine);
        text.Append(indent).Append('}').Append(newLine);

        var before = BlankLines(statements[first], newLine);

        // Only in an async function is await a keyword.
        var written = ((MethodDeclarationSyntax)ParseMemberDeclaration("async void M() {\n" + before + text + "}")!).Body!.Statements[0];
        var list = new List<StatementSyntax>(statements.Take(first)) { written };
        list.AddRange(statements.Skip(release + 1));
        return block.WithStatements(List(list));
    }

    // The blank lines above the first statement stay above the try.
    private static string Whole(StatementSyntax statement, bool isFirst, string newLine)
    {
        var text = statement.ToFullString();
        if (isFirst)
        {
            var start = 0;
            for (var end = text.IndexOf('\n'); end >= 0 && text.Substring(start, end - start).Trim().Length == 0;
                end = text.IndexOf('\n', start))
                start = end + 1;
            text = text.Substring(start);
        }

        return text.EndsWith("\n", System.StringComparison.Ordinal) ? text : text + newLine;
    }

    private static string BlankLines(StatementSyntax statement, string newLine)
    {
        var text = new StringBuilder();
        foreach (var trivia in statement.GetLeadingTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia)) text.Append(newLine);
            else if (!trivia.IsKind(SyntaxKind.WhitespaceTrivia)) break;
        }

        return text.ToString();
    }

    private static void Indent(StringBuilder text, string lines, string step, string newLine)
    {
        foreach (var line in lines.TrimEnd('\r', '\n').Split('\n'))
        {
            var content = line.TrimEnd('\r');
            if (content.Trim().Length > 0) text.Append(step).Append(content);
            text.Append(newLine);
        }
    }

    private static string LineEnd(BlockSyntax block)
    {
        foreach (var trivia in block.OpenBraceToken.TrailingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia)) return trivia.ToString();
        }

        return "\n";
    }
}
