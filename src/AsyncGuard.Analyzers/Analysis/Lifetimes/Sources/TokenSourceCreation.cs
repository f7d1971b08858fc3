using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>A <c>CancellationTokenSource</c> that is made: alone, with a time limit, or linked to other tokens.</summary>
internal static class TokenSourceCreation
{
    /// <summary>Whether the call makes a source that another token keeps until one of both ends.</summary>
    public static bool IsLinked(IInvocationOperation call, GuardContext guard)
    {
        if (call.TargetMethod is not { IsStatic: true, Name: WellKnownMember.CreateLinkedTokenSource }
            || !guard.Tokens.IsSource(call.TargetMethod.ContainingType))
            return false;
        foreach (var argument in call.Arguments)
        {
            if (TokenUse.IsIn(argument.Value, guard)) return true;
        }

        return false;
    }

    /// <summary>Whether the call makes a source with a time limit: <c>timeProvider.CreateCancellationTokenSource(delay)</c>.</summary>
    public static bool IsTimed(IInvocationOperation call, GuardContext guard) =>
        CancellationMembers.TimedSource.Is(call.TargetMethod) && InfiniteTimeout.IsIn(call.Arguments) == false;

    /// <summary>Whether the new source has a time limit: <c>new CancellationTokenSource(1000)</c>.</summary>
    public static bool IsTimed(IObjectCreationOperation creation) => InfiniteTimeout.IsIn(creation.Arguments) == false;
}
