using System;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Names;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>Whether a member costs the processor much: only bodies say so.</summary>
internal sealed class CpuQuestion(GuardContext guard, Func<CallIndex> index) : CalleeQuestion
{
    public override CallIndex Index => index();

    // It asks for callees while it grows.
    public override bool IsIndexComplete => false;

    public override bool IsKnown(ISymbol member) => guard.IsOurs(member);

    public override bool MayBeMarked(ISymbol member) => false;

    public override bool IsMarked(IMethodSymbol method) => false;

    public override bool Skips(IInvocationOperation call) => HeavyApi.IsCalledWithLittle(call, guard);

    public override bool SkipsSequence(IInvocationOperation call) => false;
}
