using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>
/// Whether a failure at some place ends work that has been started, by the <c>finally</c> or the <c>catch</c> of a <c>try</c> around it:
/// <code>try { await reads; await writes; } finally { source.Cancel(); }      finally { waiter.Cancel(key); }</code>
/// </summary>
internal static class EndedByCleanup
{
    /// <summary>Whether all of the work is ended when an exception leaves the place.</summary>
    public static bool AreAll(IReadOnlyList<IOperation> starts, IOperation place, GuardContext guard)
    {
        List<ISymbol>? ended = null;
        for (var (child, parent) = (place, place.Parent);
            parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            if (attempt.Finally is { } cleanup) AddEnded(cleanup, ref ended, guard);
            foreach (var handler in attempt.Catches)
            {
                if (handler.Filter is null && Faults.IsEveryException(handler.ExceptionType)) AddEnded(handler.Handler, ref ended, guard);
            }
        }

        if (ended is null) return false;
        foreach (var start in starts)
        {
            if (!Uses(start, ended, guard)) return false;
        }

        return true;
    }

    private static void AddEnded(IBlockOperation cleanup, ref List<ISymbol>? ended, GuardContext guard)
    {
        foreach (var operation in cleanup.Descendants())
        {
            if (operation is not IInvocationOperation call || !CleanupNames.EndsWork(call.TargetMethod.Name)
                || !IsAlwaysCalled(call, cleanup))
                continue;
            var isOfOne = false;
            foreach (var argument in call.Arguments)
            {
                // StopAsync(token), Cancel(throwOnFirstException: true)
                if (argument.Value.Type is not { } type || type.SpecialType == SpecialType.System_Boolean || guard.Tokens.IsToken(type))
                    continue;

                // waiter.Cancel(key)
                if (SymbolOf(argument.Value) is { } key) (ended ??= new()).Add(key);
                isOfOne = true;
            }

            if (!isOfOne && SymbolOf(Unwrapped.ConditionalInstance(call)) is { } receiver) (ended ??= new()).Add(receiver);
        }
    }

    // source.Cancel(); source?.Cancel(); if (!source.IsCancellationRequested) source.Cancel(); try { source.Cancel(); } catch { }
    private static bool IsAlwaysCalled(IInvocationOperation call, IBlockOperation cleanup)
    {
        for (var (child, parent) = ((IOperation)call, call.Parent); !ReferenceEquals(child, cleanup);
            (child, parent) = (parent!, parent!.Parent))
        {
            switch (parent)
            {
                case IExpressionStatementOperation or IBlockOperation or IAwaitOperation or IConditionalAccessOperation or null:
                    break;
                case IInvocationOperation { Instance: { } awaited } when ReferenceEquals(awaited, child):
                    break;
                case ITryOperation attempt when !ReferenceEquals(attempt.Body, child) && !ReferenceEquals(attempt.Finally, child):
                    return false;
                case ITryOperation or ICatchClauseOperation:
                    break;
                case IConditionalOperation { WhenFalse: null } guarded when SymbolOf(Unwrapped.ConditionalInstance(call)) is { } receiver:
                    if (!Names(guarded.Condition, receiver)) return false;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool Uses(IOperation start, List<ISymbol> ended, GuardContext guard)
    {
        foreach (var symbol in ended)
        {
            if (Names(start, symbol)) return true;
        }

        // var token = source.Token;
        foreach (var operation in start.Descendants())
        {
            if (operation is ILocalReferenceOperation && guard.Tokens.IsToken(operation.Type)
                && InitialValue.Of(operation, guard) is IPropertyReferenceOperation { Instance: { } source }
                && SymbolOf(source) is { } owner && Contains(ended, owner))
                return true;
        }

        return false;
    }

    private static bool Contains(List<ISymbol> ended, ISymbol owner)
    {
        foreach (var symbol in ended)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, owner)) return true;
        }

        return false;
    }

    private static bool Names(IOperation code, ISymbol symbol)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (SymbolOf(operation) is { } named && SymbolEqualityComparer.Default.Equals(named, symbol)) return true;
        }

        return false;
    }

    private static ISymbol? SymbolOf(IOperation? value) => Unwrapped.ConversionsOrNull(value) switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: { IsConst: false } field } => field,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: var property } => property,
        _ => null,
    };
}
