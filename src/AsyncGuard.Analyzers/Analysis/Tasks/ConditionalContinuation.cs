using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// A continuation that runs after some ends of its task only. After the others it is cancelled, and an <c>await</c> of it throws.
/// <code>sending.ContinueWith(t => Log(t.Exception), TaskContinuationOptions.OnlyOnFaulted);</code>
/// </summary>
internal static class ConditionalContinuation
{
    private const int MostDepth = 2;

    // TaskContinuationOptions.NotOnRanToCompletion, NotOnFaulted and NotOnCanceled, of which the others are made
    private const int Conditions = 0x10000 | 0x20000 | 0x40000;

    /// <summary>Whether the work is one, also behind <c>ConfigureAwait</c> and <c>Unwrap</c>, or calls a method that returns one.</summary>
    public static bool Is(IOperation? work, GuardContext guard) => Is(work, guard, depth: 0);

    private static bool Is(IOperation? work, GuardContext guard, int depth)
    {
        while (work is IConditionalAccessOperation access) work = access.WhenNotNull;
        if (work is null || Unwrapped.Conversions(work) is not IInvocationOperation { TargetMethod: var method } call) return false;
        if (guard.Apis.Has(method, ApiTraits.HandsCompleted)) return MayExclude(call, guard);
        if (ConventionalNames.KeepsWork(method.Name) || TaskMembers.Unwrap.Is(method))
            return Is(call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null), guard, depth);
        if (depth == MostDepth || !guard.IsOurs(method)) return false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.DescendantsAndSelf())
            {
                if (operation is IReturnOperation returned && Is(returned.ReturnedValue, guard, depth + 1)) return true;
            }
        }

        return false;
    }

    private static bool MayExclude(IInvocationOperation call, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.TaskContinuationOptions)
                && (argument.Value.ConstantValue is not { HasValue: true, Value: int options } || (options & Conditions) != 0))
                return true;
        }

        return false;
    }
}
