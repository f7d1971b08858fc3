using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>What a variable holds, where it is assigned only one value and that can be seen.</summary>
internal static class InitialValue
{
    /// <summary>The value of a local, a read-only field or a get-only property; null where there is none or more than one.</summary>
    public static IOperation? Of(IOperation? reference, GuardContext guard)
    {
        switch (Unwrapped.ConversionsOrNull(reference))
        {
            case ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: { Length: 1 } declarations } local } read:
                return declarations[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value } && !IsAssigned(local, read)
                    ? Strip(Bodies.Of(guard).OperationOf(value)) : null;
            case IFieldReferenceOperation { Field: { IsReadOnly: true } field }:
                return OfMember(field, guard);
            case IPropertyReferenceOperation { Property: { SetMethod: null, IsIndexer: false } property }:
                return OfMember(property, guard);
            default:
                return null;
        }
    }

    private static IOperation? OfMember(ISymbol member, GuardContext guard)
    {
        if (member.DeclaringSyntaxReferences.Length != 1) return null;
        var initializer = member.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax { ExpressionBody: null } property => property.Initializer,
            _ => null,
        };
        return (initializer?.Value ?? AssignedInConstructor(member)) is { } value ? Strip(Bodies.Of(guard).OperationOf(value)) : null;
    }

    // C() { _rows = new Lazy<Rows>(Load); }
    private static ExpressionSyntax? AssignedInConstructor(ISymbol member)
    {
        ExpressionSyntax? found = null;
        foreach (var constructor in member.IsStatic ? member.ContainingType.StaticConstructors : member.ContainingType.InstanceConstructors)
        {
            foreach (var reference in constructor.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax() is not ConstructorDeclarationSyntax declaration) continue;
                foreach (var node in declaration.DescendantNodes())
                {
                    if (node is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment) continue;
                    var target = assignment.Left is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name }
                        ? name : assignment.Left as SimpleNameSyntax;
                    if (target?.Identifier.ValueText != member.Name) continue;
                    if (found is not null) return null;
                    found = assignment.Right;
                }
            }
        }

        return found;
    }

    private static bool IsAssigned(ILocalSymbol local, IOperation reference)
    {
        var root = FlowGraphs.RootOf(reference);
        foreach (var operation in root.Descendants())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (target is ILocalReferenceOperation { Local: var assigned } && SymbolEqualityComparer.Default.Equals(assigned, local))
                return true;
        }

        return false;
    }

    private static IOperation? Strip(IOperation? value) => value is null ? null : Unwrapped.Delegate(value);
}
