using System.Runtime.CompilerServices;

namespace AsyncGuard;

/// <summary>How much stack is left.</summary>
internal static class DeepStack
{
    /// <summary>Less is left than a few calls need.</summary>
    public static bool IsAlmostUsedUp
    {
        get
        {
#if NETSTANDARD2_0
            try
            {
                RuntimeHelpers.EnsureSufficientExecutionStack();
                return false;
            }
            catch (System.InsufficientExecutionStackException)
            {
                return true;
            }
#else
            return !RuntimeHelpers.TryEnsureSufficientExecutionStack();
#endif
        }
    }
}
