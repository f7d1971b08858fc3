using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// A call that could block, but as it stands has nothing to wait for: no time to wait, only memory to read, a process that has ended, room
/// for all.
/// </summary>
internal static class NothingToWaitFor
{
    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        if (ZeroTimeout.IsGivenTo(call, guard) || FireAndForget.IsAskedOf(call) || BlockingFlag.IsOff(call, guard)
            || IsShallow(call, guard) || InMemory.Serves(call, guard) || ProcessExit.IsKnown(call, guard)
            || KnownReady.Is(call, guard) || OwnStream.Is(call, guard) || IsAddedWithoutBound(call, guard))
            return true;

        // A mutex belongs to the thread that took it: it is a lock.
        return call.Instance is { Type: { } receiver } && guard.Apis.TypeHas(receiver, ApiTraits.ThreadAffine);
    }

    // _queue = new BlockingCollection<Row>(), _queue = []; _queue.Add(row): there is always room
    private static bool IsAddedWithoutBound(IInvocationOperation call, GuardContext guard)
    {
        if (!ThreadingMembers.BlockingAdd.Is(call.TargetMethod)) return false;
        var made = InitialValue.Of(call.Instance, guard);
        // What it says besides elements, which C# 14 does not have, may be a bound.
        if (made is { Kind: ElementList.CollectionExpression, ChildOperations.Count: 0 }) return true;
        if (made is not IObjectCreationOperation { Constructor: { } constructor }) return false;
        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.Type.SpecialType == SpecialType.System_Int32) return false;
        }

        return true;
    }

    // Directory.Delete(path, recursive: false), container.GetItemLinqQueryable<Item>(allowSynchronousQueryExecution: false),
    // Directory.GetFiles(path, "*", SearchOption.TopDirectoryOnly), and where it is not known which
    private static bool IsShallow(IInvocationOperation call, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            switch (argument.Parameter)
            {
                case
                {
                    Name: ParameterNames.Recursive or ParameterNames.AllowSynchronousQueryExecution,
                    Type.SpecialType: SpecialType.System_Boolean
                }
                    when argument.Value.ConstantValue is not { HasValue: true, Value: true }:
                case { Type: { TypeKind: TypeKind.Enum } option }
                    when SymbolEqualityComparer.Default.Equals(option, guard.Types.SearchOption)
                    && argument.Value.ConstantValue is not { HasValue: true, Value: 1 }:
                    return true;
            }
        }

        return false;
    }
}
