using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Edits of argument lists that keep their lines and comments: one argument per line stays one per line.</summary>
internal static class ArgumentLists
{
    private static SyntaxToken Comma => Token(TriviaList(), SyntaxKind.CommaToken, TriviaList(Space));

    public static ArgumentListSyntax Append(ArgumentListSyntax list, ArgumentSyntax argument)
    {
        var arguments = list.Arguments;
        if (arguments.Count == 0) return list.WithArguments(SingletonSeparatedList(argument));

        var last = arguments.Last();
        var trailing = last.GetTrailingTrivia();
        var separator = Comma;
        if (LineBreakBefore(last) is { } lineBreak)
        {
            argument = argument.WithLeadingTrivia(Indentation(last));
            if (trailing.Any(SyntaxKind.EndOfLineTrivia))
            {
                separator = separator.WithTrailingTrivia(trailing);
                argument = argument.WithTrailingTrivia(lineBreak);
                last = last.WithTrailingTrivia();
            }
            else
            {
                separator = separator.WithTrailingTrivia(lineBreak);
            }
        }
        else if (trailing.Any(SyntaxKind.EndOfLineTrivia) || trailing.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
        {
            argument = argument.WithTrailingTrivia(trailing);
            last = last.WithTrailingTrivia();
        }

        return list.WithArguments(
            SeparatedList<ArgumentSyntax>(arguments.Replace(arguments.Last(), last).GetWithSeparators().Add(separator).Add(argument)));
    }

    public static ArgumentListSyntax Insert(ArgumentListSyntax list, int index, ArgumentSyntax argument)
    {
        var next = list.Arguments[index];
        var separator = Comma;
        if (LineBreakBefore(next) is { } lineBreak)
        {
            argument = argument.WithLeadingTrivia(Indentation(next));
            separator = separator.WithTrailingTrivia(lineBreak);
        }

        return list.WithArguments(
            SeparatedList<ArgumentSyntax>(list.Arguments.GetWithSeparators().InsertRange(2 * index, [argument, separator])));
    }

    /// <summary>
    /// The list with some of its arguments, the first among them. The comments of the others stay behind the one before them.
    /// </summary>
    public static ArgumentListSyntax Keep(ArgumentListSyntax list, IReadOnlyCollection<int> kept)
    {
        var all = list.Arguments;
        var items = new List<SyntaxNodeOrToken>();
        for (var i = 0; i < all.Count;)
        {
            var next = i + 1;
            while (next < all.Count && !kept.Contains(next)) next++;
            var argument = all[i];
            if (next > i + 1)
            {
                var dropped = new List<SyntaxToken>();
                for (var j = i; j < next; j++)
                {
                    if (j > i) dropped.AddRange(all[j].DescendantTokens());
                    if (j < next - 1) dropped.Add(all.GetSeparator(j));
                }

                var lineEnd = all[next - 1].GetTrailingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
                argument = argument.WithTrailingTrivia(argument.GetTrailingTrivia()
                    .AddRange(InlineComments.In(dropped)).AddRange(next == all.Count ? lineEnd : []));
            }

            items.Add(argument);
            if (next < all.Count) items.Add(all.GetSeparator(next - 1));
            i = next;
        }

        return list.WithArguments(SeparatedList<ArgumentSyntax>(items));
    }

    // f(a, b, c) → f(a, new object[] { b, c }). The items stay the nodes they are, for the sake of other edits in them.
    public static ArgumentListSyntax Wrap(ArgumentListSyntax list, int from, string elementType)
    {
        var all = list.Arguments.GetWithSeparators();
        var items = SeparatedList<ExpressionSyntax>(all.Skip(2 * from)
            .Select(item => item.IsNode ? ((ArgumentSyntax)item.AsNode()!).Expression : item));
        var trailing = items.Last().GetTrailingTrivia();
        items = items.Replace(items.First(), items.First().WithLeadingTrivia());
        items = items.Replace(items.Last(), items.Last().WithTrailingTrivia(Space));

        var empty = (ArrayCreationExpressionSyntax)ParseExpression($"new {elementType}[] {{ }}");
        var array = empty.WithInitializer(empty.Initializer!.WithExpressions(items))
            .WithLeadingTrivia(list.Arguments[from].GetLeadingTrivia()).WithTrailingTrivia(trailing);
        return list.WithArguments(SeparatedList<ArgumentSyntax>(all.Take(2 * from).Append(Argument(array))));
    }

    /// <summary>The end of line before an argument that starts a line.</summary>
    private static SyntaxTrivia? LineBreakBefore(ArgumentSyntax argument)
    {
        foreach (var trivia in argument.GetFirstToken().GetPreviousToken().TrailingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia)) return trivia;
        }

        return null;
    }

    private static IEnumerable<SyntaxTrivia> Indentation(ArgumentSyntax argument) =>
        argument.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
}
