using System.Linq;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// A function that does something else when it is async than when it is not: one that leaves a value changed which flows with the code, one
/// that changes the struct it belongs to, of which an async method has a copy, and one that belongs to a thread.
/// </summary>
internal static class SyncOnlyFunction
{
    public static bool Is(IMethodSymbol symbol, SyntaxNode function, FixContext fix) =>
        IsOfThread(symbol.ContainingType) || IsOtherThanAsync(symbol, function, fix);

    /// <summary>Whether the function cannot change from the one to the other, in either direction.</summary>
    public static bool IsOtherThanAsync(IMethodSymbol symbol, SyntaxNode function, FixContext fix)
    {
        if (fix.OperationOf(function) is not { } code) return false;
        return FlowingState.IsLeftBy(code.ChildOperations, fix.Guard)
            || (IsOfStruct(symbol) && code.Descendants().OfType<IInstanceReferenceOperation>().Any(Changes));
    }

    /// <summary>Whether the code uses an object that may be called from one thread only.</summary>
    public static bool UsesObjectOfThread(IOperation code) =>
        code.DescendantsAndSelf()
        .Any(operation => operation is IInstanceReferenceOperation && IsOfThread(operation.Type as INamedTypeSymbol));

    // WriteObject(…) of a cmdlet may be called from the thread of its pipeline only
    private static bool IsOfThread(INamedTypeSymbol? type) => ApiTypes.Cmdlet.IsOrDerives(type);

    private static bool IsOfStruct(IMethodSymbol symbol) =>
        symbol is { IsStatic: false, IsReadOnly: false, ContainingType: { TypeKind: TypeKind.Struct, IsReadOnly: false } };

    // _count++, _list.Count = 1 of a struct, Add(1)
    private static bool Changes(IInstanceReferenceOperation self)
    {
        IOperation value = self;
        while (value.Parent is IFieldReferenceOperation or IPropertyReferenceOperation && value.Type is { IsValueType: true })
            value = value.Parent;
        return value.Parent switch
        {
            IAssignmentOperation assignment => ReferenceEquals(assignment.Target, value),
            IIncrementOrDecrementOperation => true,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
            IInvocationOperation call =>
                ReferenceEquals(call.Instance, value) && value.Type is { IsValueType: true } && !call.TargetMethod.IsReadOnly,
            ITupleOperation => true,
            _ => false,
        };
    }
}
