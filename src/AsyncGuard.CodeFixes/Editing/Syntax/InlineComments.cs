using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>
/// Comments of code that an edit drops or joins, in a form that other code may follow in the same line: <c>// x</c> becomes <c>/* x */</c>.
/// </summary>
internal static class InlineComments
{
    public static SyntaxTriviaList In(IEnumerable<SyntaxToken> tokens) =>
        In(tokens.SelectMany(token => token.LeadingTrivia.Concat(token.TrailingTrivia)));

    public static SyntaxTriviaList In(IEnumerable<SyntaxTrivia> trivia)
    {
        var comments = TriviaList();
        foreach (var one in trivia)
        {
            if (one.IsKind(SyntaxKind.MultiLineCommentTrivia)) comments = comments.Add(Space).Add(one);
            else if (one.IsKind(SyntaxKind.SingleLineCommentTrivia))
                comments = comments.Add(Space).Add(Comment("/* " + one.ToString().TrimStart('/').Trim() + " */"));
        }

        return comments;
    }
}
