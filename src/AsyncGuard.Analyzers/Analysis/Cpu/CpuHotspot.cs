using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// An operation that by itself keeps the processor busy for long: a heavy API, a regular expression that backtracks, a loop, a recursion.
/// </summary>
internal sealed class CpuHotspot
{
    private CpuHotspot(IOperation operation, string name, string reason, bool isCertain)
    {
        Operation = operation;
        Name = name;
        Reason = reason;
        IsCertain = isCertain;
    }

    public IOperation Operation { get; }

    /// <summary>How a message calls it.</summary>
    public string Name { get; }

    /// <summary>Why it takes long.</summary>
    public string Reason { get; }

    /// <summary>How it stands at the end of a way.</summary>
    public string PathName => Operation is ILoopOperation ? $"loop ({Reason})" : Name;

    /// <summary>Whether it takes long whatever data it receives.</summary>
    public bool IsCertain { get; }

    /// <summary>What the operation is, or null where it is none of these.</summary>
    public static CpuHotspot? Of(IOperation operation, ISymbol? member, GuardContext guard) =>
        operation is ILoopOperation loop ? OfLoop(loop, member, guard) : OfApi(operation, guard);

    /// <summary>A call that takes long whatever is around it, or null.</summary>
    public static CpuHotspot? OfApi(IOperation operation, GuardContext guard) => operation switch
    {
        IInvocationOperation call when BacktrackingCall.PatternOf(call, guard) is { } pattern =>
            new CpuHotspot(operation, MemberNames.Full(call.TargetMethod),
            $"the pattern '{pattern}' backtracks without end where it almost matches", isCertain: true),
        IInvocationOperation or IObjectCreationOperation when HeavyApi.Of(operation, guard) is { } api =>
            new CpuHotspot(operation, MemberNames.Full(api), "it is known to take long", isCertain: true),
        _ => null,
    };

    /// <summary>The member itself: a method that calls itself twice on one way.</summary>
    public static CpuHotspot? OfMember(IMethodSymbol method, IOperation body) =>
        SelfCalls.Of(method, body) is { } call
        ? new CpuHotspot(call, MemberNames.Short(method), "it calls itself twice on one path, each time with little less to do",
        isCertain: false) : null;

    private static CpuHotspot? OfLoop(ILoopOperation loop, ISymbol? member, GuardContext guard)
    {
        if (ThreadRelease.IsIn(loop)) return null;
        if (HasFactor(loop, member, guard) && CostModel.Of(loop, member, guard) is var cost
            && cost.Guessed >= guard.Options.CpuBudget(loop.Syntax.SyntaxTree))
            return new CpuHotspot(loop, "loop", $"about {Words(cost.Guessed)} steps", isCertain: true);
        return NestedDataLoops.Is(loop, guard) ? new CpuHotspot(loop, "loop", "three loops over data are nested", isCertain: false) : null;
    }

    /// <summary>Whether anything in the loop could multiply: the test that spares most loops the rest.</summary>
    private static bool HasFactor(IOperation code, ISymbol? member, GuardContext guard)
    {
        if (code is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
        if (code is ILoopOperation loop
            && (LoopCount.Of(loop, guard) is > 1 || guard.Options.CpuLoopGuess(code.Syntax.SyntaxTree) > GuardOptions.UsualLoopGuess))
            return true;
        if (code is IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation
            && CpuWork.Of(guard).Called.IsWorthFollowing(code, member))
            return true;
        foreach (var child in code.ChildOperations)
        {
            if (HasFactor(child, member, guard)) return true;
        }

        return false;
    }

    private static string Words(double steps) => steps switch
    {
        >= 1e12 => "a thousand billion or more",
        >= 1e9 => Rounded(steps / 1e9) + " billion",
        >= 1e6 => Rounded(steps / 1e6) + " million",
        _ => Rounded(steps),
    };

    private static string Rounded(double number) =>
        number.ToString(number < 10 ? "0.#" : "0", System.Globalization.CultureInfo.InvariantCulture);
}
