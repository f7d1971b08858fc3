using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>An awaiter that is declared in this compilation.</summary>
internal static class CustomAwaiter
{
    private const string OnCompleted = WellKnownMember.OnCompleted;
    private const string UnsafeOnCompleted = WellKnownMember.UnsafeOnCompleted;

    /// <summary>Whether the type itself says that it is an awaiter, and has what one needs.</summary>
    public static bool Is(INamedTypeSymbol type, GuardContext guard) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct && !type.GetMembers(WellKnownMember.GetResult).IsEmpty
        && type.Implements(guard.Types.NotifyCompletion);

    public static bool LacksUnsafeOnCompleted(INamedTypeSymbol type, GuardContext guard) =>
        !type.Implements(guard.Types.CriticalNotifyCompletion);

    // void OnCompleted(Action continuation) => continuation();
    public static bool ContinuesInline(IMethodSymbol method, INamedTypeSymbol type, GuardContext guard)
    {
        if (NameOf(method) is not (OnCompleted or UnsafeOnCompleted) || method.Parameters.Length != 1 || IsAlwaysCompleted(type, guard))
            return false;
        foreach (var operation in OperationsIn(method, guard))
        {
            if (operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } called }
                && VariableWrites.Refers(Unwrapped.Conditional(called), method.Parameters[0]) && IsPlain(operation))
                return true;
        }

        return false;
    }

    /// <summary>
    /// The call with which <c>GetResult</c> waits for something, or null. That of another awaiter, or of the task inside, is what it is
    /// for.
    /// </summary>
    public static string? Blocks(IMethodSymbol method, GuardContext guard)
    {
        if (NameOf(method) != WellKnownMember.GetResult || !method.Parameters.IsEmpty) return null;
        foreach (var operation in OperationsIn(method, guard))
        {
            if (operation is IInvocationOperation call && guard.Apis.Find(call.TargetMethod, ApiTraits.Blocks, out var entry)
                && !entry.Has(ApiTraits.Waits) && !NothingToWaitFor.Is(call, guard) && IsPlain(call))
                return MemberNames.Full(call.TargetMethod);
        }

        return null;
    }

    public static string NameOf(IMethodSymbol method) => MemberNames.Short(method);

    private static IEnumerable<IOperation> OperationsIn(IMethodSymbol method, GuardContext guard)
    {
        foreach (var body in Bodies.Of(guard).OperationsOf(method))
        {
            foreach (var operation in body.Descendants()) yield return operation;
        }
    }

    // continuation?.Invoke()
    // Not in a lambda, and not only where a condition holds: if (_isDone) continuation(); else …, if (!IsCompleted) _done.Wait();
    private static bool IsPlain(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation or IConditionalOperation or ISwitchOperation
                or ISwitchExpressionOperation or ICatchClauseOperation or ICoalesceOperation)
                return false;
        }

        return true;
    }

    // bool IsCompleted => true; no code ever asks to be called back
    private static bool IsAlwaysCompleted(INamedTypeSymbol type, GuardContext guard)
    {
        foreach (var member in type.GetMembers(WellKnownMember.IsCompleted))
        {
            if (member is not IPropertySymbol { GetMethod: { } getter }) continue;
            foreach (var operation in OperationsIn(getter, guard))
            {
                if (operation is IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: true } }) return true;
            }
        }

        return false;
    }
}
