using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Plans;

/// <summary>
/// Code that has to be left on the thread that has entered it, in ways that no single call shows: a <c>using</c> whose resource takes a
/// thread's lock, a <c>TransactionScope</c> that does not flow, a method that locks for its caller, a property of the thread that is set.
/// <code>using (new ReadLock(_rows)) { await LoadAsync(); }      Thread.CurrentThread.Priority = Lowest; await LoadAsync();</code>
/// </summary>
internal static class ThreadScopeAcross
{
    private const int MostDepth = 2;

    public static bool Surrounds(IOperation awaited, GuardContext guard)
    {
        IOperation child = awaited;
        for (var parent = awaited.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IUsingOperation use when ReferenceEquals(use.Body, child) && IsOfThread(use.Resources, guard):
                case IBlockOperation block when IsEnteredIn(block.Operations, child, guard):
                    return true;
            }
        }

        return false;
    }

    private static bool IsEnteredIn(ImmutableArray<IOperation> statements, IOperation child, GuardContext guard)
    {
        var entered = 0;
        foreach (var statement in statements)
        {
            if (ReferenceEquals(statement, child)) break;
            switch (statement)
            {
                case IUsingDeclarationOperation use when IsOfThread(use.DeclarationGroup, guard):
                    return true;
                case IVariableDeclarationGroupOperation group when Makes(group, IsUnflowing) || Makes(group, IsOwnedMutex):
                    return true;
                case IExpressionStatementOperation { Operation: var change }:
                    if (ChangesThread(change)) return true;
                    if (change is IInvocationOperation call) entered += LocksFor(call.TargetMethod, guard);
                    break;
            }
        }

        return entered > 0;
    }

    // using (new ReadLock(_rows)), using (_rows.Read()), using (ExecutionContext.SuppressFlow()), using (new TransactionScope())
    private static bool IsOfThread(IOperation resources, GuardContext guard) =>
        Makes(resources, operation => IsUnflowing(operation) || IsOwnedMutex(operation)
        || (MadeBy(operation) is { } maker && LocksFor(maker, guard) > 0));

    private static bool Makes(IOperation code, Func<IOperation, bool> isMade) => code.DescendantsAndSelf().Any(isMade);

    private static IMethodSymbol? MadeBy(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Constructor: { } constructor } => constructor,
        IInvocationOperation { TargetMethod: var method } => method,
        _ => null,
    };

    private static bool IsUnflowing(IOperation operation) => operation switch
    {
        IInvocationOperation call => ApiTypes.BindsThread.Is(call.Type),
        IObjectCreationOperation made => ApiTypes.TransactionScope.Is(made.Type) && !made.Arguments.Any(Flows),
        _ => false,
    };

    // TransactionScopeAsyncFlowOption.Enabled, or a variable that may be
    private static bool Flows(IArgumentOperation argument) =>
        ApiTypes.TransactionFlow.Is(argument.Value.Type)
        && argument.Value.ConstantValue is not { HasValue: true, Value: 0 };

    // new Mutex(true), new Mutex(initiallyOwned: true, name)
    private static bool IsOwnedMutex(IOperation operation) =>
        operation is IObjectCreationOperation { Arguments: { Length: > 0 } arguments } && ApiTypes.Mutex.Is(operation.Type)
        && arguments[0].Value.ConstantValue is { HasValue: true, Value: true };

    // Thread.CurrentThread.Priority = …, SynchronizationContext.SetSynchronizationContext(…), WaitHandle.WaitAll(mutexes)
    private static bool ChangesThread(IOperation change) => change switch
    {
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } =>
            ApiTypes.Thread.Is(property.ContainingType) && !ThreadingMembers.FlowsWithCode.Is(property),
        IInvocationOperation { TargetMethod: var method } call =>
            ThreadingMembers.BindsThread.Is(method)
            || (ThreadingMembers.WaitForHandles.Is(method) && call.Descendants().Any(given => ApiTypes.Mutex.Is(given.Type))),
        _ => false,
    };

    /// <summary>How many locks of a thread the method takes, less those that it gives back.</summary>
    private static int LocksFor(IMethodSymbol method, GuardContext guard, int depth = 0)
    {
        if (method.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty || method.IsAsync) return 0;
        var locks = 0;
        foreach (var operation in Bodies.Of(guard).OperationsOf(method.OriginalDefinition).SelectMany(Own))
        {
            if (operation is IInvocationOperation call && LockCall.Of(call, guard) is not null) locks++;
            else if (operation is IInvocationOperation { TargetMethod.Name: var name } && LockNames.GivesBackForThread(name)) locks--;
            else if (depth < MostDepth && MadeBy(operation) is { } inner && !SymbolEqualityComparer.Default.Equals(inner, method))
                locks += LocksFor(inner, guard, depth + 1);
        }

        return locks;
    }

    private static IEnumerable<IOperation> Own(IOperation code)
    {
        foreach (var child in code.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            yield return child;
            foreach (var inner in Own(child)) yield return inner;
        }
    }
}
