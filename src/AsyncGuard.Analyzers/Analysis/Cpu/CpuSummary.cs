using AsyncGuard.Analysis.Effects;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>What a member means for the processor: what it costs, and why it takes long where it does.</summary>
internal sealed class CpuSummary(CpuCost cost, CallPath? heavy, CallPath? suspect)
{
    /// <summary>What code of a caller counts for it.</summary>
    public CpuCost Cost { get; } = cost;

    /// <summary>The way to what takes long, or null.</summary>
    public CallPath? Heavy { get; } = heavy;

    /// <summary>The way to what takes long where there is much data, or null.</summary>
    public CallPath? Suspect { get; } = suspect;
}
