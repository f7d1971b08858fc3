using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// A loop in async code over items or over a range, which awaits for each and which no token can stop although the caller gives one.
/// </summary>
internal static class IgnoringItemLoop
{
    /// <summary>The token that the loop should look at, or null where it does, or where there is none.</summary>
    public static TokenCandidate? TokenIgnoredBy(ILoopOperation loop, ISymbol? member, GuardContext guard)
    {
        if (!CodeContext.MayBeAsync(loop, member, guard) || !IsOverItems(loop, guard)) return null;
        if (!AwaitsForEach(loop, guard) || TokenScope.Of(guard).Best(loop, member) is not { } token || IgnoringLoop.IsHeld(token, member))
            return null;
        if (IgnoringLoop.Observes(loop, token, guard) || IgnoringLoop.IsCleanup(loop, member, guard) || IsCarriedOnly(loop, token)
            || !CodeContext.Of(loop, member, guard).IsAsync)
            return null;
        return IgnoringLoop.EndsByOthers(loop, guard) || IsPassOfAnother(loop, token, guard) ? null : token;
    }

    private static bool IsOverItems(ILoopOperation loop, GuardContext guard) =>
        loop is IForEachLoopOperation or IForLoopOperation or IWhileLoopOperation
        && !IgnoringLoop.IsOpen(loop, guard) && !RunsOnce(loop)
        && (loop is IForEachLoopOperation || LoopBounds.IsCounted(loop));

    // foreach (var row in maybeRow), of an Option<Row>; foreach (var row in rows) { await SaveAsync(row); return row; }
    private static bool RunsOnce(ILoopOperation loop) =>
        (loop is IForEachLoopOperation each
            && Unwrapped.Conversions(each.Collection).Type is INamedTypeSymbol { Arity: 1, Name: var type }
            && ConventionalNames.IsOption(type))
        || (loop.Body is IBlockOperation { Operations: { Length: > 0 } statements }
            && statements[statements.Length - 1] is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Break }
            && !Goes(loop));

    private static bool Goes(ILoopOperation loop)
    {
        foreach (var operation in loop.Body.Descendants())
        {
            if (operation is IBranchOperation { BranchKind: BranchKind.Continue }) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the body awaits something else than tasks that run anyway, <c>foreach (var task in tasks) await task;</c>, and cleanup,
    /// which goes to its end.
    /// </summary>
    private static bool AwaitsForEach(ILoopOperation loop, GuardContext guard)
    {
        foreach (var operation in loop.Body.Descendants())
        {
            if (operation is IAwaitOperation awaited && IgnoringLoop.IsOf(loop, awaited) && !IsNoWait(awaited, guard)
                && !CleanupCode.IsAwaited(awaited) && !TellsWhatHappened(awaited) && !IsWorkOfTheCaller(awaited))
                return true;
        }

        return false;
    }

    // foreach (var handler in handlers) await handler.OnUserDeletedAsync(user): it has happened, and all of them are to know
    private static bool TellsWhatHappened(IAwaitOperation awaited) =>
        Unwrapped.Awaited(awaited.Operation) is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Ordinary, Name: var name } }
        && CleanupNames.Tells(name);

    // async Task Each(Func<int, Task> work, CancellationToken token) { …  await work(item); }: the caller's work may hold its token
    private static bool IsWorkOfTheCaller(IAwaitOperation awaited) =>
        Unwrapped.Awaited(awaited.Operation)
            is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: var work }
        && Unwrapped.ConversionsOrNull(work) is IParameterReferenceOperation;

    // Task Execute(IJobContext context), and context.CancellationToken: a token that comes along with something else, and that the code
    // around the loop does not use either, was not passed to it to be stopped by
    private static bool IsCarriedOnly(ILoopOperation loop, TokenCandidate token)
    {
        if (token.IsSource || token.Member is not { } carried || carried.EndsWith(")", StringComparison.Ordinal)) return false;
        var root = FlowGraphs.RootOf(loop);
        foreach (var operation in root.Descendants())
        {
            if (operation is IPropertyReferenceOperation { Property.Name: var name, Instance: { } instance } && name == carried
                && AccessPath.Of(instance) is { } path && SymbolEqualityComparer.Default.Equals(path.Root, token.Owner))
                return false;
        }

        return true;
    }

    // await task, await tasks[i], await Task.Yield(), await Task.CompletedTask
    private static bool IsNoWait(IAwaitOperation awaited, GuardContext guard)
    {
        var value = Unwrapped.Awaited(awaited.Operation);
        return value switch
        {
            IPropertyReferenceOperation property when guard.Apis.Has(property.Property, ApiTraits.Completed) => true,
            ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
                or IArrayElementReferenceOperation => true,
            IInvocationOperation call =>
                guard.Apis.Has(call.TargetMethod, ApiTraits.Completed | ApiTraits.JoinsAll | ApiTraits.JoinsFirst)
                || TaskMembers.Yield.Is(call.TargetMethod)
                || IsOfWriter(call.TargetMethod, guard),
            _ => false,
        };
    }

    // await writer.WriteLineAsync(line), which takes no token: a line more or less
    private static bool IsOfWriter(IMethodSymbol method, GuardContext guard)
    {
        foreach (var parameter in method.Parameters)
        {
            if (guard.Tokens.TakesToken(parameter.Type)) return false;
        }

        for (ITypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, guard.Types.TextWriter)) return true;
        }

        return false;
    }

    // while (await timer.WaitForNextTickAsync(token)) foreach (var one in all) await TellAsync(one): stopped between two passes
    private static bool IsPassOfAnother(ILoopOperation loop, TokenCandidate token, GuardContext guard)
    {
        for (var parent = loop.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation outer && IgnoringLoop.Observes(outer, token, guard)) return true;
        }

        return false;
    }
}
