using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Misuse;

/// <summary>A call of the delegates of an event or of a member, of whose tasks only the last is returned.</summary>
internal static class MulticastRaise
{
    /// <summary>The event, field or property whose delegates the call invokes; null where they come from elsewhere.</summary>
    public static ISymbol? MemberOf(IInvocationOperation call) =>
        call is { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } source } ? MemberOf(source) : null;

    /// <summary>Whether the function looks at the handlers one by one.</summary>
    public static bool TakesApart(IOperation place)
    {
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (PlatformMembers.InvocationList.IsUse(operation)) return true;
        }

        return false;
    }

    private static ISymbol? MemberOf(IOperation source)
    {
        switch (source)
        {
            case IConversionOperation conversion:
                return MemberOf(conversion.Operand);
            case IEventReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }:
                return ((IMemberReferenceOperation)source).Member;

            // Changed?.Invoke()
            case IConditionalAccessInstanceOperation:
                return Unwrapped.Conditional(source) is var raised && raised != source ? MemberOf(raised) : null;

            // var handlers = Changed; if (Changed is { } handlers)
            case ILocalReferenceOperation local:
                return ValueOf(local) is { } value && value is not ILocalReferenceOperation ? MemberOf(value) : null;
            default:
                return null;
        }
    }

    private static IOperation? ValueOf(ILocalReferenceOperation reference)
    {
        if (VariableWrites.IsWritten(reference.Local, reference)) return null;
        foreach (var operation in FlowGraphs.RootOf(reference).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var initial } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local):
                    return initial;
                case IIsPatternOperation match
                    when SymbolEqualityComparer.Default.Equals(TaskFate.DeclaredBy(match.Pattern), reference.Local):
                    return match.Value;
            }
        }

        return null;
    }
}
