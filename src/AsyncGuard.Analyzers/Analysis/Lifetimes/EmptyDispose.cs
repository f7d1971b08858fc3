using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// Types whose <c>Dispose</c> does nothing: <c>public void Dispose() { }</c>. What uses such an object may go on after it was disposed.
/// </summary>
internal static class EmptyDispose
{
    public static bool Is(ITypeSymbol type, GuardContext guard)
    {
        if (!guard.IsOurs(type)) return false;
        var isEmpty = false;
        foreach (var member in type.GetMembers())
        {
            if (member is not IMethodSymbol { Parameters.IsEmpty: true } method || !Disposes(method)) continue;
            if (method.IsVirtual || method.IsAbstract || method.IsOverride || !HasEmptyBody(method)) return false;
            isEmpty = true;
        }

        return isEmpty;
    }

    private static bool Disposes(IMethodSymbol method) =>
        method.Name is WellKnownMember.Dispose or WellKnownMember.DisposeAsync
        || (method.ExplicitInterfaceImplementations is { Length: 1 } explicitly && Disposes(explicitly[0]));

    private static bool HasEmptyBody(IMethodSymbol method)
    {
        foreach (var declaration in method.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax() is MethodDeclarationSyntax { Body.Statements.Count: 0 }) return true;
        }

        return false;
    }
}
