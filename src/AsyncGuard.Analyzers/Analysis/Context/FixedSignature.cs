using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>Whether more than its author decides on the parameters of a function.</summary>
internal static class FixedSignature
{
    // The hashes of names that a file may use as values: wrong only in favour of a closer look, and without a string for each.
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<int>> Values = new();
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<int>>.CreateValueCallback FindValues =
        static tree => ValuesIn(tree.GetText().ToString());

    public static bool Is(IMethodSymbol function, GuardContext guard, CancellationToken cancellationToken) =>
        IsPartOfContract(function) || IsGivenAsDelegate(function, guard, cancellationToken);

    /// <summary>Whether the method overrides, implements or can be overridden, or is one half of a partial one.</summary>
    public static bool IsPartOfContract(IMethodSymbol method) =>
        method.IsOverride || method.IsVirtual || method.IsAbstract || method.IsExtern || IsPartial(method)
        || !method.ExplicitInterfaceImplementations.IsEmpty || ImplementsInterface(method) || MayImplementMore(method);

    // class Handler : IRequestHandler<Order>, where the package with the interface is not there, or another version of it
    private static bool MayImplementMore(IMethodSymbol method)
    {
        if (method.DeclaredAccessibility != Accessibility.Public || method.ContainingType is not { } type) return false;
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.TypeKind == TypeKind.Error || IsMissed(contract, method)) return true;
        }

        return type.BaseType?.TypeKind == TypeKind.Error;
    }

    // Task<int> Handle(Order o) where the interface has Task Handle(Order o): the type does not implement it as it stands
    private static bool IsMissed(INamedTypeSymbol contract, IMethodSymbol method)
    {
        foreach (var member in contract.GetMembers(method.Name))
        {
            if (member is IMethodSymbol { IsAbstract: true } && method.ContainingType.FindImplementationForInterfaceMember(member) is null)
                return true;
        }

        return false;
    }

    public static bool IsPartial(IMethodSymbol method) => method.IsPartialDefinition || method.PartialDefinitionPart is not null;

    public static bool ImplementsInterface(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Ordinary || method.ContainingType is not { } type) return false;
        foreach (var contract in type.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method)) return true;
            }
        }

        return false;
    }

    // button.Clicked += OnClickedAsync, new Worker(RunAsync), Func<CancellationToken, Task> run = RunAsync; but not app.MapGet("/",
    // GetAsync), which takes any delegate
    private static bool IsGivenAsDelegate(IMethodSymbol function, GuardContext guard, CancellationToken cancellationToken)
    {
        if (function.MethodKind == MethodKind.AnonymousFunction) return false;
        var bodies = Bodies.Of(guard);
        var hash = HashOf(function.Name, 0, function.Name.Length);
        foreach (var tree in guard.Compilation.SyntaxTrees)
        {
            if (!Values.GetValue(tree, FindValues).Contains(hash)) continue;
            foreach (var name in ValuesNamed(function.Name, tree, cancellationToken))
            {
                var whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name;
                if (bodies.OperationOf(whole) is IMethodReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, function.OriginalDefinition)
                    && !TakesAnyDelegate(reference))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the function is passed to something that takes it whatever its parameters are.</summary>
    public static bool TakesAnyDelegate(IOperation function)
    {
        for (var use = function.Parent; use is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation;
            use = use.Parent)
        {
            if (use.Type?.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate) return true;
        }

        return false;
    }

    private static IEnumerable<SimpleNameSyntax> ValuesNamed(string name, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            var token = tree.GetRoot(cancellationToken).FindToken(at);
            if (token.Span.Contains(at) && token.ValueText == name && token.Parent is SimpleNameSyntax found && IsValue(found))
                yield return found;
        }
    }

    // Not Load(), not Store.Save; Load..Save is both.
    private static HashSet<int> ValuesIn(string text)
    {
        var hashes = new HashSet<int>();
        for (var at = 0; at < text.Length; at++)
        {
            if (!IsPartOfName(text[at])) continue;
            var start = at;
            while (at < text.Length && IsPartOfName(text[at])) at++;
            var next = at;
            while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
            var isLonger = next + 1 < text.Length && text[next] == '.' && text[next + 1] != '.';
            if (!isLonger && (next >= text.Length || text[next] != '(')) hashes.Add(HashOf(text, start, at));
        }

        return hashes;
    }

    private static bool IsPartOfName(char letter) => letter == '_' || char.IsLetterOrDigit(letter);

    private static int HashOf(string text, int start, int end)
    {
        var hash = 0;
        for (var at = start; at < end; at++) hash = (hash * 31) + text[at];
        return hash;
    }

    // A name that is neither called nor part of a longer one.
    private static bool IsValue(SimpleNameSyntax name)
    {
        SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return whole.Parent switch
        {
            InvocationExpressionSyntax call => call.Expression != whole,
            MemberAccessExpressionSyntax or QualifiedNameSyntax or NameColonSyntax or AttributeSyntax or BaseTypeSyntax
                or TypeArgumentListSyntax => false,
            VariableDeclarationSyntax or ParameterSyntax or MethodDeclarationSyntax or UsingDirectiveSyntax => false,
            ObjectCreationExpressionSyntax creation => creation.Type != whole,
            _ => true,
        };
    }
}
