using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>Where a local variable or a parameter is assigned again.</summary>
internal static class VariableWrites
{
    /// <summary>Whether the variable is written anywhere in the code around a place, its declaration apart.</summary>
    public static bool IsWritten(ISymbol variable, IOperation place)
    {
        var root = FlowGraphs.RootOf(place);
        return Count(root, variable, 1) > 0;
    }

    /// <summary>How often the code writes the variable, as it is written down; counts no further than <paramref name="limit"/>.</summary>
    public static int Count(IOperation code, ISymbol variable, int limit)
    {
        var found = Is(code, variable) ? 1 : 0;
        foreach (var child in code.ChildOperations)
        {
            if (found >= limit) break;
            found += Count(child, variable, limit - found);
        }

        return found;
    }

    /// <summary>Whether the operation itself writes the variable: assigns, counts, hands out a reference.</summary>
    public static bool Is(IOperation operation, ISymbol variable) => operation switch
    {
        IAssignmentOperation assignment => Targets(assignment.Target, variable),
        IIncrementOrDecrementOperation step => Refers(step.Target, variable),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Refers(argument.Value, variable),
        IVariableInitializerOperation { Value: var value, Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } =>
            Refers(value, variable),
        IAddressOfOperation address => Refers(address.Reference, variable),
        _ => false,
    };

    public static bool Refers(IOperation? operation, ISymbol variable) => Unwrapped.ConversionsOrNull(operation) switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),

        // previous = Copy(previous, isLast ? 1 : 2), in whose graph the target is kept while the condition is asked
        IFlowCaptureReferenceOperation { Syntax: IdentifierNameSyntax { Identifier.ValueText: var name } } => name == variable.Name,
        _ => false,
    };

    // (a, b) = (b, a)
    private static bool Targets(IOperation target, ISymbol variable)
    {
        if (target is not ITupleOperation tuple) return Refers(target, variable);
        foreach (var element in tuple.Elements)
        {
            if (Targets(element, variable)) return true;
        }

        return false;
    }
}
