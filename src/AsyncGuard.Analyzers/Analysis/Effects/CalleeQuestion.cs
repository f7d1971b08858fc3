using AsyncGuard.Analysis.Names;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// What <see cref="CalledMembers"/> looks for in the members that are called: whether they block, whether they cost the processor much.
/// </summary>
internal abstract class CalleeQuestion
{
    /// <summary>Which members may matter, by the text.</summary>
    public abstract CallIndex Index { get; }

    /// <summary>Whether the index is complete whenever it is asked, so that what follows from it can be remembered.</summary>
    public abstract bool IsIndexComplete { get; }

    /// <summary>Whether it is known what the member does.</summary>
    public abstract bool IsKnown(ISymbol member);

    /// <summary>Whether the member, although its body is not known, may be marked.</summary>
    public abstract bool MayBeMarked(ISymbol member);

    /// <summary>Whether a mark says that the member does what is looked for.</summary>
    public abstract bool IsMarked(IMethodSymbol method);

    /// <summary>Whether the call does not do it, although others of the member do.</summary>
    public abstract bool Skips(IInvocationOperation call);

    /// <summary>Whether running through the sequence that the call makes does not do it.</summary>
    public abstract bool SkipsSequence(IInvocationOperation call);
}
