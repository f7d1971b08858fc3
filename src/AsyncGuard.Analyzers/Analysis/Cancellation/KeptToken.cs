using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// Calls of methods that keep their token for work which goes on behind them: what a request starts must not end because its client left.
/// </summary>
internal static class KeptToken
{
    /// <summary>Whether the method that would receive the token of a request visibly keeps it.</summary>
    public static bool Is(IInvocationOperation call, TokenCandidate token, GuardContext guard)
    {
        if (!ConnectionToken.IsOfRequest(token) || CancellableCalls.Of(guard).Find(call, token) is not { } method) return false;
        foreach (var callee in Implementations.Of(guard).Answering(method, call.Instance?.Type, static _ => true))
        {
            if (callee is IMethodSymbol { IsAbstract: false } visible && Keeps(visible, guard)) return true;
        }

        return false;
    }

    private static bool Keeps(IMethodSymbol method, GuardContext guard)
    {
        foreach (var body in Bodies.Of(guard).OperationsOf(method))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is IParameterReferenceOperation { Parameter: { ContainingSymbol: var owner } parameter }
                    && SymbolEqualityComparer.Default.Equals(owner, method) && guard.Tokens.IsToken(parameter.Type)
                    && (IsLinkedAndKept(operation, guard) || IsGivenToStartedWork(operation, guard)))
                    return true;
            }
        }

        return false;
    }

    // _stop = CancellationTokenSource.CreateLinkedTokenSource(token); var stop = …; _stops.TryAdd(id, stop);
    private static bool IsLinkedAndKept(IOperation token, GuardContext guard)
    {
        var argument = token.Parent;
        while (argument is IArrayInitializerOperation or IArrayCreationOperation or IConversionOperation) argument = argument.Parent;
        if (argument is not IArgumentOperation { Parent: IInvocationOperation linked }
            || !CancellationMembers.CreateLinkedTokenSource.IsUse(linked))
            return false;
        return NamedUses.HolderOf(linked) switch
        {
            IFieldSymbol or IPropertySymbol => true,
            ILocalSymbol local => IsHandedToMember(NamedUses.Of(local, linked, guard)),
            _ => false,
        };
    }

    // _stops.TryAdd(id, stop), _stops[id] = stop, _stop = stop
    private static bool IsHandedToMember(IEnumerable<IOperation> uses)
    {
        foreach (var use in uses)
        {
            var value = Unwrapped.ConversionsAround(use);
            var holder = value.Parent switch
            {
                IArgumentOperation { Parent: IInvocationOperation call } => call.Instance,
                ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Value, value) => assignment.Target switch
                {
                    IPropertyReferenceOperation { Arguments.IsEmpty: false } element => element.Instance,
                    var target => target,
                },
                _ => null,
            };
            if (Unwrapped.ConversionsOrNull(holder) is IFieldReferenceOperation or IPropertyReferenceOperation) return true;
        }

        return false;
    }

    // _ = Task.Run(() => PollAsync(token)); _polling = PollAsync(token);
    private static bool IsGivenToStartedWork(IOperation token, GuardContext guard)
    {
        for (var parent = token.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IAwaitOperation when !IsInFunction(parent):
                    return false;
                case ISimpleAssignmentOperation
                {
                    Target: IDiscardOperation or IFieldReferenceOperation or IPropertyReferenceOperation
                } kept:
                    return IsAwaitable(kept.Value.Type, guard);
                case IExpressionStatementOperation { Operation: IInvocationOperation dropped }:
                    return IsAwaitable(dropped.Type, guard);
            }
        }

        return false;
    }

    private static bool IsAwaitable(ITypeSymbol? type, GuardContext guard) => type is not null && guard.Awaitables.IsAwaitable(type);

    private static bool IsInFunction(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        }

        return false;
    }
}
