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
    private const int MostHandlers = 20;

    /// <summary>Whether a handler around the wait, in its function, counts on it.</summary>
    public static bool Guards(IOperation wait)
    {
        IOperation child = wait;
        for (var parent = wait.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is ITryOperation attempt && ReferenceEquals(attempt.Body, child) && attempt.Syntax is TryStatementSyntax written
                && written.Catches.Any(clause => Expects(clause, MayLook, wait.SemanticModel)))
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
        return fix.Root.DescendantNodes().OfType<TryStatementSyntax>()
            .Any(attempt => IsAround(name, attempt) && attempt.Catches.Any(clause => Expects(clause, MayLook, fix.Model)))
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
                if (node.DescendantNodes().OfType<TryStatementSyntax>().Any(attempt => IsAround(name, attempt)
                    && attempt.Catches.Any(clause => Expects(clause, Looks, fix.Guard.Compilation.GetSemanticModel(caller.Tree)))))
                    return true;
                if (depth == MostDepth) continue;
                foreach (var declared in caller.Declared)
                {
                    if (seen.Add(declared)) open.Enqueue((declared, depth + 1));
                }
            }
        }

        return false;
    }

    private static bool IsAround(string name, TryStatementSyntax attempt) =>
        attempt.Block.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);

    // catch (AggregateException e), catch (Exception e) when (e.InnerException is IOException), catch (Exception e) {
    // Log(e.GetBaseException()); }
    private static bool Expects(CatchClauseSyntax clause, System.Func<SyntaxNode, bool> looks, SemanticModel? model) =>
        looks(clause) || (clause.Declaration is { Identifier.ValueText: { Length: > 0 } caught } && model is not null
        && IsHandedOn(clause, caught, looks, model, new HashSet<ISymbol>(SymbolEqualityComparer.Default)));

    // catch (Exception e) when (IsTransient(e)), catch (Exception e) { Handle(e); }: what the project does with it counts as the handler
    private static bool IsHandedOn(SyntaxNode code, string caught, System.Func<SyntaxNode, bool> looks, SemanticModel model,
        HashSet<ISymbol> seen)
    {
        foreach (var call in code.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (!call.ArgumentList.Arguments.Any(argument => IsName(argument.Expression, caught))
                && !(call.Expression is MemberAccessExpressionSyntax access && IsName(access.Expression, caught)))
                continue;
            if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol { OriginalDefinition: var called }) continue;
            called = called.ReducedFrom ?? called;
            if (!seen.Add(called) || seen.Count > MostHandlers) continue;
            foreach (var declared in called.DeclaringSyntaxReferences)
            {
                var body = declared.GetSyntax();
                if (looks(body)) return true;

                // The body may stand in another project, whose calls this compilation does not know.
                if (model.Compilation.ContainsSyntaxTree(body.SyntaxTree) && called.Parameters.Any(parameter =>
                    IsHandedOn(body, parameter.Name, looks, model.Compilation.GetSemanticModel(body.SyntaxTree), seen)))
                    return true;
            }
        }

        return false;
    }

    private static bool IsName(ExpressionSyntax expression, string name) =>
        expression is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name;

    private static bool MayLook(SyntaxNode code) => Names(code, CancellationMembers.MayLookInside);

    // Farther away, what only looks at an inner exception to write it down does not count.
    private static bool Looks(SyntaxNode code) => Names(code, CancellationMembers.LooksInside);

    private static bool Names(SyntaxNode code, ApiMember members) => code.DescendantTokens().Any(token =>
        token.IsKind(SyntaxKind.IdentifierToken) && (ApiTypes.AggregateException.IsNamed(token.ValueText)
        || members.IsNamed(token.ValueText)));

    // What a lambda throws goes to the code that calls it, and from there likely to the caller of the method around it.
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
