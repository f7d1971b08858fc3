using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>The local or field that a value is put into when it is made, and every place that names it.</summary>
internal static class NamedUses
{
    /// <summary>
    /// The local, field or property that gets the value: <c>var x = value</c>, <c>_x = value</c>, a member's initializer. Null where
    /// something else does.
    /// </summary>
    public static ISymbol? HolderOf(IOperation value) => Unwrapped.ConversionsAround(value).Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
        IFieldInitializerOperation { InitializedFields: { Length: 1 } fields } => fields[0],
        IPropertyInitializerOperation { InitializedProperties: { Length: 1 } properties } => properties[0],
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } } => assigned,
        ISimpleAssignmentOperation
        {
            Target: IFieldReferenceOperation
            {
                Field: var field,
                Instance: null or IInstanceReferenceOperation
            }
        } => field,
        ISimpleAssignmentOperation
        {
            Target: IPropertyReferenceOperation
            {
                Property: var property,
                Instance: null or IInstanceReferenceOperation
            }
        } => property,
        _ => null,
    };

    /// <summary>The references to a local in its member, to a parameter in its method, or to a member in its type.</summary>
    public static IEnumerable<IOperation> Of(ISymbol holder, IOperation place, GuardContext guard)
    {
        if (holder is ILocalSymbol)
        {
            foreach (var operation in FlowGraphs.RootOf(place).Descendants())
            {
                if (operation is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, holder))
                    yield return operation;
            }

            yield break;
        }

        var bodies = Bodies.Of(guard);
        if (holder is IParameterSymbol { ContainingSymbol: IMethodSymbol method } && !IsOfType(method))
        {
            var roots = method.MethodKind == MethodKind.LocalFunction ? [FlowGraphs.RootOf(place)] : bodies.OperationsOf(method);
            foreach (var root in roots)
            {
                foreach (var operation in root.DescendantsAndSelf())
                {
                    if (operation is IParameterReferenceOperation { Parameter: var parameter }
                        && SymbolEqualityComparer.Default.Equals(parameter, holder))
                        yield return operation;
                }
            }

            yield break;
        }

        foreach (var use in OfMember(holder, guard)) yield return use;
    }

    /// <summary>The references to a field, property or event in its type.</summary>
    public static IEnumerable<IOperation> OfMember(ISymbol holder, GuardContext guard)
    {
        var bodies = Bodies.Of(guard);
        foreach (var part in holder.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != holder.Name) continue;
                SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                var named = bodies.OperationOf(whole);
                var symbol = named switch
                {
                    IMemberReferenceOperation member => member.Member,
                    IParameterReferenceOperation parameter => parameter.Parameter,
                    _ => (ISymbol?)null,
                };
                if (named is not null && SymbolEqualityComparer.Default.Equals(symbol, holder)) yield return named;
            }
        }
    }

    /// <summary>
    /// Whether a private field, or a property without a setter, is only ever assigned values of the kind, or null, and assigned one: by its
    /// initializer and all assignments in its type.
    /// </summary>
    public static bool AreGiven(ISymbol member, GuardContext guard, Func<IOperation, bool> isOfKind)
    {
        var isGiven = false;
        foreach (var part in member.DeclaringSyntaxReferences)
        {
            var initializer = part.GetSyntax() switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };
            if (initializer is not null && !IsOne(Bodies.Of(guard).OperationOf(initializer))) return false;
        }

        foreach (var use in OfMember(member, guard))
        {
            switch (use.Parent)
            {
                case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, use):
                    if (!IsOne(assignment.Value)) return false;
                    break;
                case ICoalesceAssignmentOperation assignment when ReferenceEquals(assignment.Target, use):
                    if (!IsOne(assignment.Value)) return false;
                    break;
                case IArgumentOperation { Parameter.RefKind: not (RefKind.None or RefKind.In) } or IDeconstructionAssignmentOperation
                    or ITupleOperation:
                    return false;
            }
        }

        return isGiven;

        bool IsOne(IOperation? value)
        {
            if (value is null) return false;
            if (Unwrapped.Conversions(value).ConstantValue is { HasValue: true, Value: null }) return true;
            return isGiven = isOfKind(value);
        }
    }

    // class Pump(ChannelWriter<int> writer)
    private static bool IsOfType(IMethodSymbol constructor)
    {
        foreach (var part in constructor.DeclaringSyntaxReferences)
        {
            if (part.GetSyntax() is TypeDeclarationSyntax) return true;
        }

        return false;
    }
}
