using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// Three loops over data inside each other, each through all of its own:
/// <c>foreach (a in rows) foreach (b in rows) foreach (c in rows)</c>. A loop through
/// what the one around it has found (<c>foreach (var item in order.Items)</c>) only goes on with the same data.
/// </summary>
internal static class NestedDataLoops
{
    private const int Depth = 3;

    /// <summary>Whether the loop is the outermost of such a nest.</summary>
    public static bool Is(ILoopOperation loop, GuardContext guard) =>
        IsOverData(loop, guard) && Deepest(loop, loop, guard) >= Depth && !Waits(loop, guard);

    private static int Deepest(ILoopOperation outermost, ILoopOperation loop, GuardContext guard)
    {
        var deepest = 0;
        foreach (var inner in Inner(loop.Body))
        {
            if (IsOverData(inner, guard) && !DependsOn(inner, outermost))
                deepest = System.Math.Max(deepest, Deepest(outermost, inner, guard));
        }

        return deepest + 1;
    }

    private static IEnumerable<ILoopOperation> Inner(IOperation code)
    {
        if (code is IAnonymousFunctionOperation or ILocalFunctionOperation) yield break;
        if (code is ILoopOperation loop)
        {
            yield return loop;
            yield break;
        }

        foreach (var child in code.ChildOperations)
        {
            foreach (var inner in Inner(child)) yield return inner;
        }
    }

    // foreach over a collection, or for up to its size; a way out may make it short
    private static bool IsOverData(ILoopOperation loop, GuardContext guard) => !HasWayOut(loop.Body, loop) && loop switch
    {
        IForEachLoopOperation { IsAsynchronous: false } each => LoopCount.OfItems(each.Collection, guard) is null,
        IForLoopOperation { Condition: IBinaryOperation { OperatorMethod: null } comparison } =>
            SizeIn(comparison.RightOperand) is not null || SizeIn(comparison.LeftOperand) is not null,
        _ => false,
    };

    // rows.Count, rows.Length, n
    private static IOperation? SizeIn(IOperation operation)
    {
        while (operation is IConversionOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract })
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IBinaryOperation)operation).LeftOperand;
        return operation switch
        {
            IPropertyReferenceOperation { Property.Name: var name } when CollectionNames.Counts(name) => operation,
            IInvocationOperation { TargetMethod.Name: var name } when CollectionNames.Counts(name) => operation,
            IParameterReferenceOperation => operation,
            _ => null,
        };
    }

    // The inner loop goes through what an outer one has reached.
    private static bool DependsOn(ILoopOperation inner, ILoopOperation outermost)
    {
        var bound = inner switch
        {
            IForEachLoopOperation each => each.Collection,
            IForLoopOperation { Condition: IBinaryOperation comparison } =>
                SizeIn(comparison.RightOperand) ?? SizeIn(comparison.LeftOperand),
            _ => null,
        };
        return bound is null || Mentions(bound, outermost);
    }

    private static bool Mentions(IOperation bound, ILoopOperation outermost)
    {
        if (bound is ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: { Length: > 0 } declarations } }
            && outermost.Syntax.Span.Contains(declarations[0].Span))
            return true;
        foreach (var child in bound.ChildOperations)
        {
            if (Mentions(child, outermost)) return true;
        }

        return false;
    }

    private static bool HasWayOut(IOperation code, ILoopOperation loop)
    {
        if (code is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
        if (code is IReturnOperation { Kind: OperationKind.Return }
            || (code is IBranchOperation { BranchKind: BranchKind.Break } branch
            && SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel)))
            return true;
        foreach (var child in code.ChildOperations)
        {
            if (HasWayOut(child, loop)) return true;
        }

        return false;
    }

    // What waits for a database or a file is no work for the processor.
    private static bool Waits(IOperation code, GuardContext guard)
    {
        if (code is IInvocationOperation call && guard.Apis.Has(call.TargetMethod.ReducedFrom ?? call.TargetMethod, ApiTraits.Blocks))
            return true;
        foreach (var child in code.ChildOperations)
        {
            if (Waits(child, guard)) return true;
        }

        return false;
    }
}
