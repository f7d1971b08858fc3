using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// Code that has to be expected to throw: it awaits, calls the project's own methods or a delegate, reads or writes what can fail, or
/// throws.
/// </summary>
internal static class RiskyCode
{
    public static bool Is(IOperation code, GuardContext guard)
    {
        switch (code)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return false;
            case IThrowOperation:
                return true;

            // try { await SaveAsync(); } catch (Exception ex) { Log(ex); }
            case ITryOperation attempt when CatchesAll(attempt, guard):
                return false;
            case IAwaitOperation awaited:
                return !IsPause(awaited.Operation, guard) || IsInside(awaited, guard);
            case IInvocationOperation call when MayThrow(call, guard):
                return true;
            default:
                return IsInside(code, guard);
        }
    }

    private static bool IsInside(IOperation code, GuardContext guard)
    {
        foreach (var child in code.ChildOperations)
        {
            if (Is(child, guard)) return true;
        }

        return false;
    }

    private static bool MayThrow(IInvocationOperation call, GuardContext guard) =>
        call.TargetMethod.MethodKind == MethodKind.DelegateInvoke
        || !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty
        || guard.Apis.Has(call.TargetMethod, ApiTraits.Blocks);

    // await Task.Delay(100), await Task.Yield()
    private static bool IsPause(IOperation awaited, GuardContext guard)
    {
        awaited = Unwrapped.Work(awaited);
        if (awaited is IPropertyReferenceOperation property) return guard.Apis.Has(property.Property, ApiTraits.Completed);
        if (awaited is not IInvocationOperation call || !guard.Apis.Has(call.TargetMethod, ApiTraits.Passes | ApiTraits.Completed))
            return false;
        foreach (var argument in call.Arguments)
        {
            if (guard.Tokens.IsToken(argument.Parameter?.Type) && argument.ArgumentKind == ArgumentKind.Explicit) return false;
        }

        return true;
    }

    private static bool CatchesAll(ITryOperation attempt, GuardContext guard)
    {
        foreach (var clause in attempt.Catches)
        {
            if (clause.Filter is not null
                || (clause.ExceptionType is not (null or { SpecialType: SpecialType.System_Object })
                && !SymbolEqualityComparer.Default.Equals(clause.ExceptionType, guard.Types.Exception)))
                continue;
            return !Is(clause.Handler, guard);
        }

        return false;
    }
}
