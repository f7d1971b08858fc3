using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>Whether an object that is created in a body can outlive it.</summary>
internal static class LocalLifetime
{
    /// <summary>Whether the new object is used in place or kept in a local that is never returned, stored, captured or handed on.</summary>
    public static bool EndsWithTheCall(IObjectCreationOperation creation)
    {
        IOperation value = creation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation) value = value.Parent;
        switch (value.Parent)
        {
            // new HttpClient().GetStringAsync(…), new HttpClient().BaseAddress
            case IInvocationOperation call:
                return ReferenceEquals(call.Instance, value);
            case IMemberReferenceOperation member:
                return ReferenceEquals(member.Instance, value);

            // using (new HttpClient())
            case IUsingOperation:
                return true;

            // var client = new HttpClient(); using var client = …
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return StaysLocal(local, creation);

            // client = new HttpClient();
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } }:
                return StaysLocal(assigned, creation);

            default:
                return false;
        }
    }

    /// <summary>Whether a local holds what was created in the same body, and nothing else.</summary>
    public static bool IsCreatedHere(ILocalReferenceOperation reference)
    {
        if (reference.SemanticModel is not { } model || reference.Local.DeclaringSyntaxReferences.Length != 1) return false;
        return reference.Local.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial }
            && initial.SyntaxTree == model.SyntaxTree
            && model.GetOperation(initial) is { } value && Unwrap(value) is IObjectCreationOperation;
    }

    private static IOperation Unwrap(IOperation value)
    {
        while (value is IConversionOperation conversion) value = conversion.Operand;
        return value;
    }

    private static bool StaysLocal(ILocalSymbol local, IOperation within)
    {
        var root = within;
        var function = FunctionAround(within);
        while (root.Parent is { } parent) root = parent;
        foreach (var operation in root.Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var referenced } reference || !SymbolEqualityComparer.Default.Equals(referenced, local)) continue;
            if (!IsUsedInPlace(reference) || !ReferenceEquals(FunctionAround(reference), function)) return false;
        }

        return true;
    }

    // client.GetAsync(…), client.Timeout = …, client?.Dispose(), client = new …, client == null
    private static bool IsUsedInPlace(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IInvocationOperation call => ReferenceEquals(call.Instance, reference),
        IMemberReferenceOperation member => ReferenceEquals(member.Instance, reference),
        ISimpleAssignmentOperation assignment => ReferenceEquals(assignment.Target, reference) && Unwrap(assignment.Value) is IObjectCreationOperation,
        IConditionalAccessOperation or IUsingOperation or IBinaryOperation or IIsPatternOperation => true,
        _ => false,
    };

    private static IOperation? FunctionAround(IOperation place)
    {
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return parent;
        }

        return null;
    }
}
