using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>An awaited call that only reads, and that may run at the same time as others of its kind.</summary>
internal readonly struct ConcurrentRead
{
    private ConcurrentRead(IAwaitOperation awaited, IInvocationOperation call, IOperation? receiver, bool sharesReceiver)
    {
        Await = awaited;
        Call = call;
        Receiver = receiver;
        SharesReceiver = sharesReceiver;
    }

    public IAwaitOperation Await { get; }

    public IInvocationOperation Call { get; }

    /// <summary>The client, connection or database that is asked.</summary>
    private IOperation? Receiver { get; }

    /// <summary>Whether two such calls may run on one receiver.</summary>
    private bool SharesReceiver { get; }

    /// <summary>
    /// The read that is awaited; null where it may be anything else, or its receiver or arguments do more than name or put together what is
    /// there.
    /// </summary>
    public static ConcurrentRead? Of(IAwaitOperation awaited, GuardContext guard)
    {
        if (CallIn(awaited) is not { } call || TraitsOf(call, guard) is not { } sharesReceiver) return null;
        var receiver = Unwrapped.ConversionsOrNull(Unwrapped.Receiver(call));
        if (receiver is not (null or IInstanceReferenceOperation) && AccessPath.Of(receiver) is null && !IsNewEachTime(receiver, guard))
            return null;
        foreach (var argument in call.Arguments)
        {
            if (ReferenceEquals(Unwrapped.ConversionsOrNull(argument.Value), receiver)
                || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;
            if (argument.Parameter?.RefKind is not (null or RefKind.None) || !PureExpression.Is(argument.Value, guard)) return null;
        }

        return new ConcurrentRead(awaited, call, receiver, sharesReceiver);
    }

    /// <summary>Whether the two may run at the same time: on different objects, or on one that allows it.</summary>
    public bool IsIndependentOf(ConcurrentRead other, GuardContext guard)
    {
        if (Receiver is null or IInstanceReferenceOperation || other.Receiver is null or IInstanceReferenceOperation)
            return SharesReceiver && other.SharesReceiver;
        if (SharesReceiver && other.SharesReceiver) return true;
        if (IsNewEachTime(Receiver, guard) || IsNewEachTime(other.Receiver, guard)) return true;
        return Origin(Receiver, guard) is { } one && Origin(other.Receiver, guard) is { } another && !one.Equals(another);
    }

    // var b = a: two names of one client
    private static AccessPath? Origin(IOperation receiver, GuardContext guard)
    {
        var path = AccessPath.Of(receiver);
        for (var step = 0; step < 4 && InitialValue.Of(receiver, guard) is { } value && AccessPath.Of(value) is { } source; step++)
            (receiver, path) = (value, source);
        return path;
    }

    // factory.CreateClient("orders"), new HttpClient()
    private static bool IsNewEachTime(IOperation receiver, GuardContext guard) =>
        receiver is IObjectCreationOperation
        || PlatformMembers.CreateClient.IsUse(receiver);

    // True: on one receiver too. False: on different ones. Null: not at all.
    private static bool? TraitsOf(IInvocationOperation call, GuardContext guard)
    {
        if (guard.Options.IsConcurrentCall(call.TargetMethod.Name, call.Syntax.SyntaxTree)) return true;
        if (!guard.Apis.MayHave(call.TargetMethod.Name, ApiTraits.Concurrent | ApiTraits.Independent)) return null;
        if (guard.Apis.Has(call.TargetMethod, ApiTraits.Concurrent)) return true;
        return guard.Apis.Has(call.TargetMethod, ApiTraits.Independent) ? false : null;
    }

    private static IInvocationOperation? CallIn(IAwaitOperation awaited) => Unwrapped.Work(awaited.Operation) as IInvocationOperation;
}
