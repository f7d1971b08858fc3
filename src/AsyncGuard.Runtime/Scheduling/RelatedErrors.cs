using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace AsyncGuard;

/// <summary>
/// The errors that came out of one group together. <c>await</c> throws the first of them alone; a group that meets it there looks up the
/// others, so that none is lost.
/// </summary>
internal static class RelatedErrors
{
    private static readonly ConditionalWeakTable<Exception, Holder> All = new();
    private static volatile bool s_isUsed;
    private static volatile bool s_hasCancellations;

    /// <summary>A cancellation may stand for other errors, so it is worth the cost to look at the exception of a canceled task.</summary>
    public static bool HasCancellations => s_hasCancellations;

    /// <summary>
    /// From now on the first error stands for all of them. An object that is thrown again and again stands for those of the last time.
    /// </summary>
    public static void Relate(IReadOnlyList<Exception> errors)
    {
        if (errors.Count > 1)
        {
            s_isUsed = true;
            if (errors[0] is OperationCanceledException) s_hasCancellations = true;
            Volatile.Write(ref All.GetOrCreateValue(errors[0]).Errors, errors);
        }
        else if (s_isUsed && errors.Count == 1)
        {
            All.Remove(errors[0]);
        }
    }

    /// <summary>The error and those it stands for, in order; null where it stands for itself.</summary>
    public static IReadOnlyList<Exception>? Of(Exception error)
        => s_isUsed && All.TryGetValue(error, out var holder) ? Volatile.Read(ref holder.Errors) : null;

    private sealed class Holder
    {
        public IReadOnlyList<Exception>? Errors;
    }
}
