using System;
using System.Threading;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// A method of a view or of its model that no code of the compilation names: a page binds it, <c>Command="{Binding Save}"</c>, and drops
/// what it returns. It is an event handler in all but its parameters.
/// </summary>
internal static class BoundCommand
{
    /// <summary>
    /// Whether the method is one. <c>nameof</c>, and a conversion to a delegate, name it as a call does; text and documentation do not.
    /// </summary>
    public static bool Is(IMethodSymbol method, GuardContext guard, CancellationToken cancellationToken) =>
        method is
        {
            IsStatic: false, IsGenericMethod: false, MethodKind: MethodKind.Ordinary, Parameters.Length: <= 1,
            DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        }
        && guard.Apis.TypeHas(method.ContainingType, ApiTraits.UserInterface) && !IsNamed(method, guard, cancellationToken);

    private static bool IsNamed(IMethodSymbol method, GuardContext guard, CancellationToken cancellationToken)
    {
        foreach (var tree in guard.Compilation.SyntaxTrees)
        {
            if (IsNamedIn(tree, method, guard, cancellationToken)) return true;
        }

        return false;
    }

    private static bool IsNamedIn(SyntaxTree tree, IMethodSymbol method, GuardContext guard, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        var name = method.Name;
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            var token = tree.GetRoot(cancellationToken).FindToken(at);
            if (token.ValueText == name && token.Parent is SimpleNameSyntax use && MayBe(use, method, guard)) return true;
        }

        return false;
    }

    // Only what is known to be another member is one: model.Close() of another type
    private static bool MayBe(SimpleNameSyntax use, IMethodSymbol method, GuardContext guard)
    {
        SyntaxNode whole = use.Parent is MemberAccessExpressionSyntax access && access.Name == use ? access : use;
        if (whole == use && use.Parent is MemberBindingExpressionSyntax binding) whole = binding;
        if (whole.Parent is InvocationExpressionSyntax call && call.Expression == whole) whole = call;
        ISymbol? named = Bodies.Of(guard).OperationOf(whole) switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IMemberReferenceOperation reference => reference.Member,
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        return named is null || SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, method.OriginalDefinition);
    }
}
