using AsyncGuard.Analysis.Names;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Whether a member blocks: by its body, by a mark, or by what another compilation has found out.</summary>
internal sealed class BlockingQuestion(GuardContext guard) : CalleeQuestion
{
    public override CallIndex Index => BlockingIndex.Of(guard);

    public override bool IsIndexComplete => true;

    public override bool IsKnown(ISymbol member) => BlockingSummaries.Of(guard).IsKnown(member);

    public override bool MayBeMarked(ISymbol member) => BlockingMarks.Of(guard).Reaches(member.ContainingAssembly);

    public override bool IsMarked(IMethodSymbol method) => BlockingMarks.Of(guard).IsBlocking(method);

    // The name may block elsewhere, but the one body that it can refer to mentions nothing that does.
    public override bool Skips(IInvocationOperation call) =>
        !call.IsVirtual && !call.TargetMethod.IsStatic && guard.IsOurs(call.TargetMethod)
        && !Index.Leads(call.TargetMethod.OriginalDefinition) && !BlockingMarks.Of(guard).IsBlocking(call.TargetMethod);

    public override bool SkipsSequence(IInvocationOperation call) => MemoryBacked.Serves(call, guard);
}
