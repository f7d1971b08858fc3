using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens.Interruption;

/// <summary>A statement by which work says that it is over, and what it says it of.</summary>
internal readonly struct Finish(FinishKind kind, AccessPath? path)
{
    private const int MostDepth = 3;

    public FinishKind Kind { get; } = kind;

    /// <summary>What is completed, counted down or set back; null where it has no name.</summary>
    public AccessPath? Path { get; } = path;

    /// <summary>What the operation itself finishes; null where it finishes nothing.</summary>
    public static Finish? Of(IOperation operation)
    {
        switch (operation)
        {
            // ready.SetResult(); writer.Complete(); countdown.Signal();
            case IInvocationOperation call when Completes(call.TargetMethod):
                return new Finish(FinishKind.Completion, AccessPath.Of(Unwrapped.Receiver(call)));
            // Interlocked.Decrement(ref _running);
            case IInvocationOperation call when ThreadingMembers.Decrement.Is(call.TargetMethod):
                return Shared(FinishKind.Count, call.Arguments[0].Value);
            // Interlocked.Exchange(ref _busy, 0); Volatile.Write(ref _busy, false);
            case IInvocationOperation { Arguments.Length: >= 2 } call
                when ThreadingMembers.Writes.Is(call.TargetMethod) && IsNothing(call.Arguments[1].Value):
                return Shared(FinishKind.Flag, call.Arguments[0].Value);
            case ISimpleAssignmentOperation { Value: var value, Target: var target } when IsNothing(value):
                return Shared(FinishKind.Flag, target);
            case IIncrementOrDecrementOperation { Kind: OperationKind.Decrement, Target: var target }:
                return Shared(FinishKind.Flag, target);
            // File.Delete(lockPath);
            case IInvocationOperation { TargetMethod: { ContainingType.Name: var type, Name: var name } } call
                when FinishNames.Deletes(name) && FinishNames.IsFile(type):
                return new Finish(FinishKind.File, AccessPath.Of(FileOf(call)));
            default:
                return null;
        }
    }

    /// <summary>
    /// Whether the code completes, starts, gives back or disposes something that is not its own, or adds to it what others take out, so
    /// that they wait for it, also in the methods that it calls: <c>task.RunSynchronously()</c>, <c>barrier.SignalAndWait()</c>,
    /// <c>_lines.Add(line)</c>.
    /// </summary>
    public static bool IsIn(IOperation code, GuardContext guard) => IsIn(code, guard, [], 0);

    private static bool IsIn(IOperation code, GuardContext guard, HashSet<ISymbol> seen, int depth)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation { TargetMethod: var method } call) continue;
            if (Completes(method) || FinishNames.Starts(method.Name, method.ContainingType?.Name ?? "")) return true;
            if (ThreadingMembers.BlockingAdd.Is(method) && !HasToken(method, guard)) return true;
            if (CleanupNames.Releases(method.Name) && AccessPath.Of(Unwrapped.Receiver(call)) is not { Root: ILocalSymbol }) return true;
            if (depth >= MostDepth || !seen.Add(method.OriginalDefinition)) continue;
            foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
            {
                if (IsIn(body, guard, seen, depth + 1)) return true;
            }
        }

        return false;
    }

    // q.Add(item, token): that it may be left out is what the code says itself
    private static bool HasToken(IMethodSymbol method, GuardContext guard) =>
        method.Parameters.Any(parameter => guard.Tokens.IsToken(parameter.Type));

    /// <summary>What a call deletes or makes: the path that it receives, or the file that it is called on.</summary>
    public static IOperation? FileOf(IInvocationOperation call) =>
        call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    private static bool Completes(IMethodSymbol method) => FinishNames.Completes(method.Name, method.ContainingType?.Name ?? "");

    // Not a local: it is gone when the function is left.
    private static Finish? Shared(FinishKind kind, IOperation target) =>
        AccessPath.Of(target) is { Root: not ILocalSymbol } path ? new Finish(kind, path) : null;

    // false, 0, null
    private static bool IsNothing(IOperation value) => Unwrapped.Conversions(value) switch
    {
        IDefaultValueOperation => true,
        { ConstantValue: { HasValue: true, Value: null or false or 0 } } => true,
        _ => false,
    };
}
