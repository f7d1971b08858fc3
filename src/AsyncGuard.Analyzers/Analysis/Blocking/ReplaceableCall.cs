using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A synchronous call in async code that has an awaitable counterpart worth awaiting.</summary>
internal static class ReplaceableCall
{
    public static bool Is(IInvocationOperation call, ISymbol? member, GuardContext guard, out Counterpart counterpart, out CodeContext place)
    {
        counterpart = null!;
        place = default;
        if (!CodeContext.MayBeAsync(call, member, guard) || !AwaitableCounterparts.Of(guard).MayHave(call)) return false;

        place = CodeContext.Of(call, member, guard);
        if (!place.IsAsync) return false;
        if (AwaitableCounterparts.Of(guard).Find(call) is not { } found) return false;
        if (ZeroTimeout.IsGivenTo(call, guard) || InMemory.Serves(call, guard) || ProcessExit.IsKnown(call, guard) || SynchronousMode.Is(call, found.Name)) return false;
        if (IsCalledBeside(call, found.Name)) return false;

        counterpart = found;
        return true;
    }

    // await module.BeforeAsync(c); module.Before(c);: two hooks, one after the other
    private static bool IsCalledBeside(IInvocationOperation call, string counterpart)
    {
        if (call.Parent is not IExpressionStatementOperation { Parent: IBlockOperation block } own) return false;
        var at = block.Operations.IndexOf(own);
        return (at > 0 && Calls(block.Operations[at - 1], call, counterpart)) || (at + 1 < block.Operations.Length && Calls(block.Operations[at + 1], call, counterpart));
    }

    private static bool Calls(IOperation statement, IInvocationOperation call, string counterpart)
    {
        if (statement is not IExpressionStatementOperation { Operation: IAwaitOperation { Operation: var awaited } }) return false;
        if (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured }) awaited = configured;
        if (awaited is not IInvocationOperation other || other.TargetMethod.Name != counterpart) return false;
        return SymbolEqualityComparer.Default.Equals(other.TargetMethod.ContainingType, call.TargetMethod.ContainingType)
            && AccessPath.Of(call.Instance) is { } path && path.Equals(AccessPath.Of(other.Instance))
            && call.Syntax is InvocationExpressionSyntax { ArgumentList: var one } && other.Syntax is InvocationExpressionSyntax { ArgumentList: var two } && one.Arguments.Count > 0 && one.ToString() == two.ToString();
    }
}
