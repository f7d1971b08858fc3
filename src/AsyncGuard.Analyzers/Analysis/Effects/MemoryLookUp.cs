using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Methods that look something up in a dictionary, as can be seen here: <c>string? GetRole(int id) => _roles.TryGetValue(id, out var role) ? role : null;</c> Nobody waits for that, and what has the name of its counterpart does something else.</summary>
internal static class MemoryLookUp
{
    /// <summary>Whether every method that may answer the call is one.</summary>
    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        return guard.IsOurs(method) && !Implementations.Of(guard).Answering(method, call.Instance?.Type, IsLookUp).IsEmpty;
    }

    private static bool IsLookUp(IMethodSymbol method)
    {
        foreach (var declaration in method.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax() is MethodDeclarationSyntax { Body: var block, ExpressionBody: var arrow } && ((SyntaxNode?)block ?? arrow) is { } body) return LooksUp(body);
        }

        return false;
    }

    private static bool LooksUp(SyntaxNode body)
    {
        var looksUp = false;
        foreach (var node in body.DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryGetValue" or "ContainsKey" or "GetValueOrDefault" } }:
                    looksUp = true;
                    break;
                case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AnonymousFunctionExpressionSyntax or AwaitExpressionSyntax or CommonForEachStatementSyntax:
                    return false;
            }
        }

        return looksUp;
    }
}
