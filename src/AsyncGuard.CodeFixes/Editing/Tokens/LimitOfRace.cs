using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// A pause that is the time-out of other work. With a token it ends first where it is cancelled, and the code takes that for the time-out:
/// <code>if (await Task.WhenAny(work, Task.Delay(1000)) != work) throw new TimeoutException();</code>
/// </summary>
internal static class LimitOfRace
{
    /// <summary>Whether the call is such a pause, and the code looks at what has ended first.</summary>
    public static bool Is(IInvocationOperation call)
    {
        if (!StartedTask.IsDelay(call)) return false;
        var pause = Unwrapped.ConversionsAround(call);
        if (pause.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
            return IsDecided(pause);
        return FlowGraphs.RootOf(pause).Descendants().OfType<ILocalReferenceOperation>().Any(use =>
            SymbolEqualityComparer.Default.Equals(use.Local, local) && IsDecided(Unwrapped.ConversionsAround(use)));
    }

    private static bool IsDecided(IOperation racer)
    {
        var around = racer.Parent;
        while (around is IArgumentOperation or IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation)
            around = around.Parent;
        if (around is not IInvocationOperation race || !TaskMembers.WhenAny.Is(race.TargetMethod)) return false;
        return Unwrapped.AwaitAround(race) is not { Parent: IExpressionStatementOperation statement } || IsAskedAfter(statement, race);
    }

    // await Task.WhenAny(work, Task.Delay(1000)); if (!work.IsCompleted) throw new TimeoutException();
    private static bool IsAskedAfter(IOperation statement, IInvocationOperation race)
    {
        if (statement.Parent is not IBlockOperation { Operations: var list }) return false;
        var at = list.IndexOf(statement) + 1;
        if (at >= list.Length || list[at] is not IConditionalOperation { Condition: var asked }) return false;
        var racers = race.Descendants().OfType<ILocalReferenceOperation>().Select(one => one.Local).ToList();
        return asked.Descendants().OfType<ILocalReferenceOperation>().Any(one =>
            racers.Contains(one.Local, SymbolEqualityComparer.Default));
    }
}
