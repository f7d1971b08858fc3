using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>Follows a token to see whether the work that receives it is over when the function goes on.</summary>
internal static class TokenLifetime
{
    private const int MaxSteps = 4;

    public static TokenLifetimeKind Of(IOperation token, GuardContext guard, int step = 0)
    {
        var value = Unwrapped.ConversionsAround(token);
        return value.Parent switch
        {
            // token.Register(…); with no code that ends the registration: the callback is what the source is for, as a timer
            IInvocationOperation
            {
                Parent: IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }
            } call
                when ReferenceEquals(call.Instance, value) && CancellationMembers.Register.Is(call.TargetMethod) =>
                TimerSource.Outlives(call, guard) ? TokenLifetimeKind.Unknown : TokenLifetimeKind.Ends,
            // token.IsCancellationRequested, token == other
            IMemberReferenceOperation or IInvocationOperation or IBinaryOperation => TokenLifetimeKind.Ends,
            IArgumentOperation { Parent: IInvocationOperation call } => OfCall(call, guard, step),

            // var token = source.Token;
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } =>
                OfLocal(local, declarator, guard, step),
            _ => TokenLifetimeKind.Unknown,
        };
    }

    /// <summary>Until when the lambda may run that holds the place: it is over with the call that receives it, or it is unknown.</summary>
    public static TokenLifetimeKind OfLambda(IAnonymousFunctionOperation lambda, GuardContext guard, int step = 0)
    {
        if (DelegateUse.CallOf(lambda) is not IInvocationOperation call) return TokenLifetimeKind.Unknown;
        return DelegateUse.RunsInside(call.TargetMethod, guard) && !guard.Awaitables.IsAwaitable(call.Type) ? TokenLifetimeKind.Ends
            : OfCall(call, guard, step);
    }

    private static TokenLifetimeKind OfCall(IInvocationOperation call, GuardContext guard, int step)
    {
        // await host.StartAsync(token), await client.SubscribeAsync(token): what is started may keep it
        if (step == MaxSteps || CleanupNames.LetsWorkGoOn(call.TargetMethod.Name)) return TokenLifetimeKind.Unknown;
        if (guard.Tokens.IsSource(call.Type)) return OfSource(call, guard, step);
        if (guard.Awaitables.IsAwaitable(call.Type)) return OfTask(call, guard, step);
        if (IsEnumeratedHere(call)) return TokenLifetimeKind.Ends;
        return guard.Apis.Has(call.TargetMethod, ApiTraits.Blocks) ? TokenLifetimeKind.Ends : TokenLifetimeKind.Unknown;
    }

    private static TokenLifetimeKind OfTask(IOperation task, GuardContext guard, int step)
    {
        if (step == MaxSteps) return TokenLifetimeKind.Unknown;
        var fate = TaskFate.Of(task, guard);
        switch (fate.Kind)
        {
            case TaskFateKind.Awaited:
                return TokenLifetimeKind.Ends;
            case TaskFateKind.Returned:
                return TokenLifetimeKind.Returned;

            // await Task.WhenAll(LoadAsync(token), SaveAsync(token))
            case TaskFateKind.Passed
                when fate.Place is IInvocationOperation { TargetMethod: var method } all && guard.Apis.Has(method, ApiTraits.JoinsAll):
                return OfTask(all, guard, step + 1);

            // var task = LoadAsync(token); …; await task;
            case TaskFateKind.Kept when fate.Holder is { } local:
                return IsAwaitedIn(local, task, guard) ? TokenLifetimeKind.Ends : TokenLifetimeKind.Unknown;
            default:
                return TokenLifetimeKind.Unknown;
        }
    }

    private static bool IsAwaitedIn(ILocalSymbol local, IOperation task, GuardContext guard)
    {
        var holder = TaskHolder.Of(local, task, guard);
        if (holder.IsShared || holder.IsCollection || holder.Writes.Count != 1
            || task.Syntax.FirstAncestorOrSelf<SyntaxNode>(node => node == holder.Writes[0].Place) is null)
            return false;
        var isAwaited = false;
        foreach (var use in holder.Uses)
        {
            if (use.Fate.Kind == TaskFateKind.Awaited) isAwaited = true;
            else if (use.Fate.Kind is not TaskFateKind.Inspected && !IsGivenToJoin(use.Fate, guard)) return false;
        }

        return isAwaited;
    }

    // if (await Task.WhenAny(task, Task.Delay(1000)) == task) await task;
    private static bool IsGivenToJoin(TaskFate fate, GuardContext guard) =>
        fate is { Kind: TaskFateKind.Passed, Place: IInvocationOperation { TargetMethod: var method } }
        && guard.Apis.Has(method, ApiTraits.JoinsAll | ApiTraits.JoinsFirst);

    // using var linked = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
    private static TokenLifetimeKind OfSource(IInvocationOperation call, GuardContext guard, int step) =>
        TokenSourceFate.KeeperOf(call) is { } local ? TokenSourceFate.ReachOf(local, call, guard, step + 1) : TokenLifetimeKind.Unknown;

    private static TokenLifetimeKind OfLocal(ILocalSymbol token, IOperation declarator, GuardContext guard, int step)
    {
        if (step == MaxSteps) return TokenLifetimeKind.Unknown;
        var reach = TokenLifetimeKind.Ends;
        foreach (var operation in FlowGraphs.RootOf(declarator).Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, token))
                continue;
            reach = Longer(reach, InFunction(reference, declarator, Of(reference, guard, step + 1), guard, step));
        }

        return reach;
    }

    /// <summary>The same for a use that may stand in a lambda of the function that has the token.</summary>
    public static TokenLifetimeKind InFunction(IOperation use, IOperation declaration, TokenLifetimeKind reach, GuardContext guard,
        int step = 0)
    {
        for (var parent = use.Parent; parent is not null && !parent.Syntax.Span.Contains(declaration.Syntax.Span); parent = parent.Parent)
        {
            if (parent is ILocalFunctionOperation) return TokenLifetimeKind.Unknown;
            if (parent is not IAnonymousFunctionOperation lambda) continue;

            // await Task.Run(() => Compute(token))
            var isWork = DelegateUse.Of(lambda, guard).Kind == DelegateUseKind.Offloaded;
            if (reach == TokenLifetimeKind.Unknown && !isWork) return TokenLifetimeKind.Unknown;
            reach = OfLambda(lambda, guard, step + 1);
        }

        return reach;
    }

    public static TokenLifetimeKind Longer(TokenLifetimeKind one, TokenLifetimeKind other) =>
        one == TokenLifetimeKind.Unknown || other == TokenLifetimeKind.Unknown ? TokenLifetimeKind.Unknown
        : one == TokenLifetimeKind.Returned ? one : other;

    // await foreach (var row in ReadAsync(token).ConfigureAwait(false))
    private static bool IsEnumeratedHere(IOperation sequence)
    {
        while (true)
        {
            switch (sequence.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                case IInvocationOperation { TargetMethod.Name: WellKnownMember.ConfigureAwait }:
                    sequence = sequence.Parent;
                    continue;
                case IArgumentOperation
                {
                    Parameter.Ordinal: 0,
                    Parent: IInvocationOperation call
                } when call.TargetMethod.Name == WellKnownMember.ConfigureAwait || SequenceMembers.WithCancellation.Is(call.TargetMethod):
                    sequence = call;
                    continue;
                case IForEachLoopOperation { IsAsynchronous: true } loop:
                    return ReferenceEquals(loop.Collection, sequence);
                default:
                    return false;
            }
        }
    }

}
