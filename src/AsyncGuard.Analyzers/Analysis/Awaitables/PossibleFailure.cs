using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>
/// Whether an operation fails now and then because of what it receives or finds: what the catalog says so of, what waits for the outside, a
/// delegate of others, and a method of this compilation in whose body such a thing stands. What is known of nothing counts as safe.
/// </summary>
internal static class PossibleFailure
{
    private static readonly ApiTraits Failing = ApiTraits.Fails | ApiTraits.Blocks | ApiTraits.TakesWhole;

    // Deep enough for a helper of a helper.
    private const int MostHops = 3;

    public static bool Is(IOperation operation, GuardContext guard) => Is(operation, guard, MostHops);

    private static bool Is(IOperation operation, GuardContext guard, int hops) => operation switch
    {
        IThrowOperation thrown => hops == MostHops || !IsOfCaller(thrown, guard),
        IAwaitOperation { Operation: var awaited } => !IsHarmless(awaited, guard),
        IConversionOperation { IsImplicit: false, IsTryCast: false, OperatorMethod: null, Operand.Type: { } from, Type: { } to } =>
            (from.IsReferenceType && to is { IsReferenceType: true, SpecialType: not SpecialType.System_Object })
            || (from.IsReferenceType && to.IsValueType),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } => true,
        IInvocationOperation { TargetMethod: var called } when guard.Awaitables.IsAwaitable(called.ReturnType) => false,
        IInvocationOperation { TargetMethod: var called } =>
            guard.Apis.Has(called.ReducedFrom ?? called, Failing) || IsInBodyOf(called, guard, hops),
        IObjectCreationOperation { Constructor: { } constructor } =>
            guard.Apis.Has(constructor, Failing) || IsInBodyOf(constructor, guard, hops),
        IPropertyReferenceOperation { Property: var property } =>
            (TaskMembers.Result.Is(property) && guard.Awaitables.IsTask(property.ContainingType))
            || guard.Apis.Has(property, ApiTraits.Fails | ApiTraits.Blocks),
        _ => false,
    };

    // int Parse(string s) => int.Parse(s); only what is certain to be the code that runs
    private static bool IsInBodyOf(IMethodSymbol called, GuardContext guard, int hops)
    {
        if (hops == 0 || called.DeclaringSyntaxReferences.IsEmpty || called.IsAbstract || called.IsVirtual || called.IsAsync
            || Bodies.IsIterator(called))
            return false;
        foreach (var code in Bodies.Of(guard).OperationsOf(called.OriginalDefinition))
        {
            foreach (var operation in code.DescendantsAndSelf())
            {
                if (IsOwn(operation, code) && Is(operation, guard, hops - 1)) return true;
            }
        }

        return false;
    }

    // What a lambda does is done when it is called; what a handler catches goes no further.
    private static bool IsOwn(IOperation operation, IOperation code)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null && !ReferenceEquals(child, code);
            (child, parent) = (parent, parent.Parent))
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation && !ReferenceEquals(parent, code)) return false;
            if (parent is ITryOperation { Catches.IsEmpty: false } attempt && ReferenceEquals(attempt.Body, child)) return false;
        }

        return true;
    }

    // throw new ArgumentNullException(nameof(text)), ObjectDisposedException, NotSupportedException: what the caller must not do
    private static bool IsOfCaller(IThrowOperation thrown, GuardContext guard)
    {
        for (var type = Unwrapped.Conversions(thrown.Exception ?? thrown).Type; type is not null; type = type.BaseType)
        {
            if (guard.Types.IsFaultOfCaller(type)) return true;
        }

        return false;
    }

    // await Task.Delay(1000), await Task.Yield(), await writer.WriteAsync(item)
    private static bool IsHarmless(IOperation awaited, GuardContext guard) =>
        Unwrapped.Awaited(awaited) is IInvocationOperation { TargetMethod: var called }
        && (ConventionalNames.Pauses(called.Name) || TaskMembers.Yield.Is(called) || guard.Apis.Has(called, ApiTraits.Puts));
}
