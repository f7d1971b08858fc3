using System.Linq;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency.Values;

/// <summary>A value that other code may change while an await waits, and the places before and after the await that use it.</summary>
internal static class SharedValue
{
    /// <summary>
    /// Whether others may change the target: <c>_total</c>, <c>_sums[0]</c>, <c>order.Sum</c>; not a variable of the function, nor what
    /// belongs to its flow.
    /// </summary>
    public static bool Is(IOperation target, GuardContext guard) => target switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or IDiscardOperation => false,
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance } => Is(instance, guard),
        IPropertyReferenceOperation { Instance.Type: var holder } when guard.Types.IsAsyncLocal(holder) => false,
        IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation => !IsOfOwn(target),
        _ => false,
    };

    /// <summary>
    /// What holds the element that an operation reads, writes or asks for: <c>_sums</c> of <c>_sums[0]</c> and of
    /// <c>_sums.TryGetValue(…)</c>.
    /// </summary>
    public static IOperation? HolderOf(IOperation element) => element switch
    {
        IArrayElementReferenceOperation one => one.ArrayReference,
        IPropertyReferenceOperation { Arguments.Length: > 0 } one => one.Instance,
        IInvocationOperation { Instance: { } instance } => instance,
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { Length: > 0 } given } => given[0].Value,
        _ => null,
    };

    /// <summary>
    /// Whether the code reads the target before the await; of an element, whatever is read out of what holds it: which one that is,
    /// is only known at run time.
    /// </summary>
    public static bool IsReadBefore(IOperation target, IOperation value, IOperation awaited)
    {
        var holder = HolderOf(target);
        return AccessPath.Of(holder ?? target) is { } path && value.DescendantsAndSelf().Any(read =>
            read.Syntax.SpanStart < awaited.Syntax.SpanStart
            && path.Equals(AccessPath.Of(holder is null ? read : HolderOf(read))));
    }

    /// <summary>
    /// Whether the local has received, before the await, what was read of the target: <c>var n = _n;</c>, <c>TryGetValue(id, out var
    /// sum)</c>.
    /// </summary>
    public static bool IsCopyBefore(ILocalSymbol local, IOperation target, IOperation root, IOperation awaited)
    {
        foreach (var operation in root.Descendants())
        {
            var copied = operation switch
            {
                IVariableDeclaratorOperation { Symbol: var symbol, Initializer.Value: var made } when Same(symbol, local) => made,
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var symbol }, Value: var set }
                    when Same(symbol, local) => set,
                // _sums.TryGetValue(id, out var sum)
                IArgumentOperation { Parameter.RefKind: RefKind.Out, Value: var filled, Parent: { } call }
                    when Same(LocalOf(filled), local) => call,
                // _row is { } row
                IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol symbol, Parent: IIsPatternOperation { Value: var tested } }
                    when Same(symbol, local) => tested,
                IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol symbol, Parent: IIsPatternOperation { Value: var tested } }
                    when Same(symbol, local) => tested,
                _ => null,
            };
            // var row = _row ?? await LoadAsync();
            if (copied is not null && copied.Syntax.SpanStart < awaited.Syntax.SpanStart && IsReadBefore(target, copied, awaited))
                return true;
        }

        return false;
    }

    /// <summary>Whether the write happens after the await: it stands behind it or writes what it awaits.</summary>
    public static bool IsWrittenAfter(IOperation write, IOperation awaited) =>
        write.Syntax.SpanStart >= awaited.Syntax.Span.End || write.Syntax.Span.Contains(awaited.Syntax.Span);

    // What a variable of the function was made with in it: var sums = new int[3]; … sums[0] += …
    private static bool IsOfOwn(IOperation target)
    {
        var instance = target switch
        {
            IArrayElementReferenceOperation element => element.ArrayReference,
            IMemberReferenceOperation member => member.Instance,
            _ => null,
        };
        return instance is ILocalReferenceOperation { Local: var local }
            && FlowGraphs.RootOf(target).Descendants().OfType<IVariableDeclaratorOperation>().Any(declared =>
                Same(declared.Symbol, local)
                && declared.Initializer?.Value is { } made
                && Unwrapped.Conversions(made) is IObjectCreationOperation or IArrayCreationOperation);
    }

    private static ILocalSymbol? LocalOf(IOperation filled) => filled switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
        ILocalReferenceOperation reference => reference.Local,
        _ => null,
    };

    private static bool Same(ILocalSymbol? symbol, ILocalSymbol local) => SymbolEqualityComparer.Default.Equals(symbol, local);
}
