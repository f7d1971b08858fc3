using System.Linq;
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
    private static readonly string[] Names = ["AggregateException", "InnerException", "InnerExceptions", "Flatten", "GetBaseException"];

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
    /// Whether a handler in the file, around a call of the function that waits, counts on it: the exception leaves an async function as its
    /// task's, and an <c>AggregateException</c> stays one.
    /// </summary>
    public static bool GuardsCaller(SyntaxNode place, FixContext fix)
    {
        if (NameOf(EnclosingFunction.Of(place)) is not { } name) return false;
        return fix.Root.DescendantNodes().OfType<TryStatementSyntax>().Any(attempt =>
            attempt.Catches.Any(Expects)
            && attempt.Block.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name));
    }

    // catch (AggregateException e), catch (Exception e) when (e.InnerException is IOException), catch (Exception e) {
    // Log(e.GetBaseException()); }
    private static bool Expects(CatchClauseSyntax clause) =>
        clause.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Names.Contains(token.ValueText));

    private static string? NameOf(SyntaxNode? function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => null,
    };
}
