using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// The argument that decides whether a call waits for what it starts: <c>log.Commit(spinWait: true)</c>,
/// <c>writer.ForceMerge(1, doWait: false)</c>. It is the first parameter of type <c>bool</c> of a member that the catalog says so of.
/// </summary>
internal static class BlockingFlag
{
    /// <summary>The parameter, or null where the call has none that decides.</summary>
    public static IParameterSymbol? Of(IInvocationOperation call, GuardContext guard)
    {
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (parameter.Type.SpecialType != SpecialType.System_Boolean) continue;
            var target = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
            return guard.Apis.Find(target, ApiTraits.ByFlag, out _) ? parameter : null;
        }

        return null;
    }

    /// <summary>Whether the call does not wait, or it is not known whether it does.</summary>
    public static bool IsOff(IInvocationOperation call, GuardContext guard)
    {
        if (Of(call, guard) is not { } flag) return false;
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter, flag))
                return argument.Value.ConstantValue is not { HasValue: true, Value: true };
        }

        return false;
    }
}
