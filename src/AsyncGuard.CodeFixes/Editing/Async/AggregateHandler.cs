using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// A handler that counts on the <c>AggregateException</c> of a synchronous wait. An await throws the inner exception, which would pass it
/// by.
/// </summary>
internal static class AggregateHandler
{
    private const int MostDepth = 3;
    private const int MostBodies = 200;

    /// <summary>Whether a handler around the wait, in its function, counts on it.</summary>
    public static bool Guards(IOperation wait)
    {
        IOperation child = wait;
        for (var parent = wait.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is ITryOperation attempt && ReferenceEquals(attempt.Body, child) && attempt.Syntax is TryStatementSyntax written
                && written.Catches.Any(Expects))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a handler around a call of the function that waits counts on it, in its file, or in any around a call that leads to the
    /// function: the exception leaves an async function as its task's, and an <c>AggregateException</c> stays one.
    /// </summary>
    public static bool GuardsCaller(SyntaxNode place, FixContext fix)
    {
        if (NameAround(place) is not { } name) return false;
        return fix.Root.DescendantNodes().OfType<TryStatementSyntax>().Any(attempt => IsAround(name, attempt, Expects))
            || GuardsCallOf(name, fix);
    }

    private static bool GuardsCallOf(string function, FixContext fix)
    {
        var names = NameGraph.Of(fix.Guard);
        var seen = new HashSet<string> { function };
        var open = new Queue<(string Name, int Depth)>();
        open.Enqueue((function, 0));
        var bodies = 0;
        while (open.Count > 0)
        {
            var (name, depth) = open.Dequeue();
            foreach (var place in names.CallersOf(name))
            {
                if (++bodies > MostBodies) return false;
                var caller = names.Bodies[place];
                var node = caller.Tree.GetRoot(fix.CancellationToken).FindNode(caller.Span);
                if (node.DescendantNodes().OfType<TryStatementSyntax>().Any(attempt => IsAround(name, attempt, ExpectsItself))) return true;
                if (depth == MostDepth) continue;
                foreach (var declared in caller.Declared)
                {
                    if (seen.Add(declared)) open.Enqueue((declared, depth + 1));
                }
            }
        }

        return false;
    }

    private static bool IsAround(string name, TryStatementSyntax attempt, System.Func<CatchClauseSyntax, bool> expects) =>
        attempt.Catches.Any(expects)
        && attempt.Block.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);

    // Farther away, what only looks at an inner exception to write it down does not count.
    private static bool ExpectsItself(CatchClauseSyntax clause) => clause.DescendantTokens().Any(token =>
        token.IsKind(SyntaxKind.IdentifierToken) && (ApiTypes.AggregateException.IsNamed(token.ValueText)
        || CancellationMembers.LooksInside.IsNamed(token.ValueText)));

    // catch (AggregateException e), catch (Exception e) when (e.InnerException is IOException), catch (Exception e) {
    // Log(e.GetBaseException()); }
    private static bool Expects(CatchClauseSyntax clause) =>
        clause.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken)
        && (ApiTypes.AggregateException.IsNamed(token.ValueText) || CancellationMembers.MayLookInside.IsNamed(token.ValueText)));

    // What a lambda throws goes to whoever calls it, and from there likely to the caller of the method around it.
    private static string? NameAround(SyntaxNode place)
    {
        var function = EnclosingFunction.Of(place);
        while (function is AnonymousFunctionExpressionSyntax) function = EnclosingFunction.Of(function);
        return NameOf(function);
    }

    private static string? NameOf(SyntaxNode? function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => null,
    };
}
