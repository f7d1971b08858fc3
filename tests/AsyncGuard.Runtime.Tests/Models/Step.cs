namespace AsyncGuard.Models;

/// <summary>What a child of a random program does next.</summary>
public enum StepKind { Yield, Delay, StubbornDelay, Start, Nest, Fail, FailInCleanup, Cancel, CancelHandle }

/// <summary>One step; <paramref name="Amount"/> in virtual seconds, <paramref name="Child"/> for those that start one.</summary>
public sealed record Step(StepKind Kind, int Amount, Program? Child)
{
    public override string ToString() => Child is null ? $"{Kind}({Amount})" : $"{Kind}{Child}";
}
