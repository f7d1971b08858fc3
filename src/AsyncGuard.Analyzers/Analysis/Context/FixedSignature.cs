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
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> Values = new();

    public static bool Is(IMethodSymbol function, GuardContext guard, CancellationToken cancellationToken) =>
        IsPartOfContract(function) || IsGivenAsDelegate(function, guard, cancellationToken);

    /// <summary>Whether the method overrides, implements or can be overridden, or is one half of a partial one.</summary>
    public static bool IsPartOfContract(IMethodSymbol method) =>
        method.IsOverride || method.IsVirtual || method.IsAbstract || method.IsExtern || IsPartial(method)
        || !method.ExplicitInterfaceImplementations.IsEmpty || ImplementsInterface(method) || MayImplementMore(method);

    // class Handler : IRequestHandler<Order>, where the package with the interface is not there
    private static bool MayImplementMore(IMethodSymbol method)
    {
        if (method.DeclaredAccessibility != Accessibility.Public || method.ContainingType is not { } type) return false;
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.TypeKind == TypeKind.Error) return true;
        }

        return type.BaseType?.TypeKind == TypeKind.Error;
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
        foreach (var tree in guard.Compilation.SyntaxTrees)
        {
            if (!ValuesIn(tree, cancellationToken).Contains(function.Name)) continue;
            foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                if (node is not SimpleNameSyntax name || name.Identifier.ValueText != function.Name || !IsValue(name)) continue;
                var whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name;
                if (bodies.OperationOf(whole) is IMethodReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, function.OriginalDefinition)
                    && !TakesAnyDelegate(reference))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the function is given to something that takes it whatever its parameters are.</summary>
    public static bool TakesAnyDelegate(IOperation function)
    {
        for (var use = function.Parent; use is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation;
            use = use.Parent)
        {
            if (use.Type?.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate) return true;
        }

        return false;
    }

    private static HashSet<string> ValuesIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Values.TryGetValue(tree, out var known)) return known;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
        {
            if (node is SimpleNameSyntax name && IsValue(name)) names.Add(name.Identifier.ValueText);
        }

        return Values.GetValue(tree, _ => names);
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
