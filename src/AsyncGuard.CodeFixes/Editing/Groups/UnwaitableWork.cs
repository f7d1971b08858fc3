using System.Linq;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Editing.Async;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Groups;

/// <summary>Work that the code which starts it cannot wait for: it has no end, or waits for that code.</summary>
internal static class UnwaitableWork
{
    public static bool Is(ExpressionSyntax start, FixContext fix) =>
        (fix.OperationOf(start) is { } work && EndlessWork.Is(work, fix.Guard)) || WaitsForStarter(start, fix);

    /// <summary>The same for work that is left alone on purpose: what may go on for long is not awaited either.</summary>
    public static bool MayBe(ExpressionSyntax start, FixContext fix) =>
        (fix.OperationOf(start) is { } work && (EndlessWork.MayBe(work, fix.Guard) || IsAnsweredByEndless(work, fix)))
        || WaitsForStarter(start, fix);

    // _ = client.StartAsync(), where client is an interface, or an abstract class
    private static bool IsAnsweredByEndless(IOperation work, FixContext fix)
    {
        var call = work.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault();
        return call is { TargetMethod: var method }
            && (method.IsVirtual || method.IsAbstract || method.IsOverride)
            && Implementations.Of(fix.Guard).Answering(method, call.Instance?.Type, static _ => true).OfType<IMethodSymbol>()
                .Any(answer => EndlessWork.MayBe(answer, fix.Guard));
    }

    private static bool WaitsForStarter(ExpressionSyntax start, FixContext fix) =>
        WorkThatStops.IsWaitedForBy(start, fix) || WorkThatTakes.IsHeldBy(start, fix);
}
