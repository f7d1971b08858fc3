using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A call that takes a lock which only the same thread can give back.</summary>
internal sealed class LockCall
{
    private LockCall(IInvocationOperation call, string release)
    {
        Call = call;
        Release = release;
        Lock = LockOf(call);
        Flag = FlagOf(call);
    }

    public IInvocationOperation Call { get; }

    /// <summary>The name of the method that gives the lock back.</summary>
    public string Release { get; }

    /// <summary>What is locked, or null where that is computed.</summary>
    public AccessPath? Lock { get; }

    /// <summary>
    /// The variable that says whether the lock was taken: <c>Monitor.Enter(gate, ref taken)</c>, <c>var taken = gate.TryEnter()</c>.
    /// </summary>
    public AccessPath? Flag { get; }

    public string Name => (Call.Instance?.Type ?? Call.TargetMethod.ContainingType).Name + "." + Call.TargetMethod.Name;

    public static LockCall? Of(IInvocationOperation call, GuardContext guard)
    {
        if (guard.Apis.Find(call.TargetMethod, ApiTraits.Acquires, out var api) && api.Answer is not null)
            return new LockCall(call, api.Answer);

        // mutex.WaitOne(), which it inherits
        return call.Instance?.Type is INamedTypeSymbol type
            && !SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, call.TargetMethod.ContainingType.OriginalDefinition)
            && guard.Apis.EntryAnswering(type, ApiTraits.Releases, call.TargetMethod.Name) is { } release
            ? new LockCall(call, release.Member) : null;
    }

    /// <summary>Whether the call gives this lock back, or may do so: what is locked there is not known.</summary>
    public bool IsReleasedBy(IInvocationOperation call)
    {
        if (call.TargetMethod.Name != Release || !SymbolEqualityComparer.Default.Equals(OwnerOf(call), OwnerOf(Call))) return false;
        return Lock is null || LockOf(call) is not { } other || Lock.Equals(other);
    }

    // Monitor.Enter(gate) has it as an argument, gate.EnterReadLock() as the receiver.
    private static AccessPath? LockOf(IInvocationOperation call) =>
        AccessPath.Of(call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null));

    private static ITypeSymbol OwnerOf(IInvocationOperation call) => call.Instance?.Type ?? call.TargetMethod.ContainingType;

    private static AccessPath? FlagOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Ref, Type.SpecialType: SpecialType.System_Boolean })
                return AccessPath.Of(argument.Value);
        }

        return call.Parent switch
        {
            ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Value, call) => AccessPath.Of(assignment.Target),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => AccessPath.Of(declarator.Symbol),
            _ => null,
        };
    }
}
