using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// Work that goes on until it is asked to stop, or until another closes what it reads: <c>while (true)</c>,
/// <c>while (await timer.WaitForNextTickAsync())</c>, <c>await foreach (var item in channel.Reader.ReadAllAsync())</c>. Who awaits it where
/// it was started goes on no more.
/// </summary>
internal static class EndlessWork
{
    private const int MostDepth = 3;

    /// <summary>Whether the call, or what it is given to run, visibly has no end.</summary>
    public static bool Is(IOperation work, GuardContext guard) =>
        Has([work], guard, new HashSet<ISymbol>(SymbolEqualityComparer.Default), depth: 0);

    private static bool Has(IEnumerable<IOperation> code, GuardContext guard, HashSet<ISymbol> seen, int depth)
    {
        foreach (var operation in code)
        {
            switch (operation)
            {
                case ILocalFunctionOperation:
                    continue;
                // Task.Run(() => LoopAsync(token)); any other lambda runs when it is called
                case IAnonymousFunctionOperation when depth > 0:
                    continue;
                case ILoopOperation loop when depth > 0 && IsEndless(loop, guard):
                    return true;
                case IMethodReferenceOperation { Method: var method } when depth == 0 && seen.Add(method.OriginalDefinition):
                    if (Has(Bodies.Of(guard).OperationsOf(method.OriginalDefinition), guard, seen, depth + 1)) return true;
                    break;
                case IInvocationOperation { TargetMethod: var method } call
                    when depth < MostDepth && (depth == 0 || IsWaitedFor(call)) && seen.Add(method.OriginalDefinition):
                    if (Has(Bodies.Of(guard).OperationsOf(method.OriginalDefinition), guard, seen, depth + 1)) return true;
                    break;
            }

            var isWork = operation is IAnonymousFunctionOperation;
            if (Has(operation.ChildOperations, guard, seen, isWork ? depth + 1 : depth)) return true;
        }

        return false;
    }

    // What runs until it is stopped may also give up before, as a heartbeat does that gets no answer; any other loop is left when it is
    // done.
    private static bool IsEndless(ILoopOperation loop, GuardContext guard) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } when Calls(condition) || IsOnlyWhetherStopped(condition, guard) => true,
        IForEachLoopOperation { IsAsynchronous: true } each => Calls(each.Collection) && !CanBeLeft(loop, loop),
        _ => LoopBounds.IsEndless(loop) && !CanBeLeft(loop, loop),
    };

    // while (!token.IsCancellationRequested), while (!reader.Completion.IsCompleted)
    private static bool IsOnlyWhetherStopped(IOperation condition, GuardContext guard)
    {
        while (condition is IParenthesizedOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not })
            condition = condition is IUnaryOperation negated ? negated.Operand : ((IParenthesizedOperation)condition).Operand;
        return condition is IPropertyReferenceOperation property
            && (TokenUse.IsCheck(property, guard)
            || property is { Property.Name: "IsCompleted", Instance: IPropertyReferenceOperation { Property.Name: "Completion" } });
    }

    private static bool Calls(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation
                {
                    TargetMethod.Name: "WaitForNextTickAsync" or "WaitToReadAsync" or "ReadAllAsync" or "GetConsumingEnumerable"
                })
                return true;
        }

        return false;
    }

    // break, return and goto of the loop itself; what stands in a catch is for the end that was asked for
    private static bool CanBeLeft(IOperation code, ILoopOperation loop)
    {
        foreach (var child in code.ChildOperations)
        {
            switch (child)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation or ICatchClauseOperation:
                    continue;
                case IReturnOperation { Kind: OperationKind.Return }:
                case IBranchOperation { BranchKind: BranchKind.GoTo }:
                case IBranchOperation { BranchKind: BranchKind.Break } leave when leave.GetCorrespondingOperation() is not { } target
                    || ReferenceEquals(target, loop):
                    return true;
            }

            if (CanBeLeft(child, loop)) return true;
        }

        return false;
    }

    // await LoopAsync(), return LoopAsync()
    private static bool IsWaitedFor(IInvocationOperation call)
    {
        IOperation value = Unwrapped.ConversionsAround(call);
        while (value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured) value = configured;
        return value.Parent is IAwaitOperation or IReturnOperation;
    }
}
