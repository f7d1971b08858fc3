using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Analysis.Waiting.Completion;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A synchronous wait for a task in plain synchronous code, with what kind of code that is.</summary>
internal readonly struct SyncOverAsync
{
    private SyncOverAsync(TaskWait wait, SyncCodeKind kind, CodeContext place)
    {
        Wait = wait;
        Kind = kind;
        Place = place;
    }

    public TaskWait Wait { get; }

    public SyncCodeKind Kind { get; }

    public CodeContext Place { get; }

    /// <summary>
    /// The wait that the operation is, or null where it is none, holds no thread that matters, or has nothing to wait for.
    /// </summary>
    public static SyncOverAsync? Of(IOperation operation, ISymbol? member, Func<ControlFlowGraph> graph, GuardContext guard)
    {
        if (TaskWait.Of(operation, guard) is not { } wait || CodeContext.IsInExpressionTree(operation, guard)) return null;

        var place = CodeContext.Of(operation, member, guard);
        if (place.Kind != ExecutionContextKind.Unsure) return null;
        if (IsSynchronousMode(wait, operation) || EndsOldPattern(place.Function, guard) || IsAwaiter(place.Function, guard)
            || IsCapturedForLater(wait, place.Function) || OffloadedMethod.Is(place.Function, operation, guard))
            return null;
        return CompletionProof.IsComplete(wait, graph, guard) ? null
            : new SyncOverAsync(wait,
            KindOf(operation, member, guard) is not SyncCodeKind.Plain and var kind ? kind : RequestCode.Is(operation, member, guard)
                ? SyncCodeKind.Request : SyncCodeKind.Plain, place);
    }

    // if (async) await t; else t.Wait();
    private static bool IsSynchronousMode(TaskWait wait, IOperation operation) =>
        wait.Tasks.Length > 0 && SynchronousMode.IsForWait(operation, wait.Tasks[0]);

    // int EndRead(IAsyncResult result) => ((Task<int>)result).GetAwaiter().GetResult();
    private static bool EndsOldPattern(IMethodSymbol? method, GuardContext guard)
    {
        if (method is null || !ConventionalNames.EndsOldPattern(method.Name)) return false;
        foreach (var parameter in method.Parameters)
        {
            if (guard.Types.IsAsyncResult(parameter.Type)) return true;
        }

        return false;
    }

    // struct Awaiter : INotifyCompletion { public int GetResult() => _task.GetAwaiter().GetResult(); }
    private static bool IsAwaiter(IMethodSymbol? method, GuardContext guard) =>
        method is { Name: WellKnownMember.GetResult } && guard.Types.NotifyCompletion is { } awaiter
        && method.ContainingType.AllInterfaces.ContainsSymbol(awaiter);

    // var task = LoadAsync(); return () => task.Result; it may be complete long before the lambda runs
    private static bool IsCapturedForLater(TaskWait wait, IMethodSymbol? function)
    {
        if (function is not { MethodKind: MethodKind.AnonymousFunction } || wait.Tasks.IsEmpty) return false;
        foreach (var task in wait.Tasks)
        {
            var value = Unwrapped.Awaited(task);
            if ((AccessPath.Of(value) ?? Unwrapped.ElementOf(value)) is not { Root: ILocalSymbol or IParameterSymbol } path) return false;
            if (SymbolEqualityComparer.Default.Equals(path.Root.ContainingSymbol, function)) return false;
        }

        return true;
    }

    private static SyncCodeKind KindOf(IOperation operation, ISymbol? member, GuardContext guard)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILocalFunctionOperation) return SyncCodeKind.Plain;
            if (parent is IAnonymousFunctionOperation lambda)
                return IsServiceFactory(lambda, guard) ? SyncCodeKind.ServiceFactory : SyncCodeKind.Plain;
        }

        return member switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor } => SyncCodeKind.Constructor,
            IMethodSymbol { MethodKind: MethodKind.StaticConstructor } => SyncCodeKind.StaticInitializer,
            IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet } => SyncCodeKind.Property,
            IMethodSymbol { MethodKind: MethodKind.Destructor } => SyncCodeKind.Dispose,
            IMethodSymbol method when IsDispose(method, guard) => SyncCodeKind.Dispose,
            IFieldSymbol or IPropertySymbol => member.IsStatic ? SyncCodeKind.StaticInitializer : SyncCodeKind.Constructor,
            _ => SyncCodeKind.Plain,
        };
    }

    // void Dispose(), protected virtual void Dispose(bool disposing), void IDisposable.Dispose()
    private static bool IsDispose(IMethodSymbol method, GuardContext guard)
    {
        if (!method.ReturnsVoid || !WellKnownMember.IsDispose(method)) return false;
        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(contract, guard.Types.Disposable)) return true;
        }

        return false;
    }

    // services.AddSingleton(provider => Connection.OpenAsync().Result)
    private static bool IsServiceFactory(IAnonymousFunctionOperation lambda, GuardContext guard)
    {
        if (guard.Types.ServiceCollection is not { } services || DelegateUse.CallOf(lambda) is not IInvocationOperation call) return false;
        if ((call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null)) is not { } receiver) return false;
        if (Unwrapped.ImplicitConversions(receiver).Type is not { } type) return false;
        if (SymbolEqualityComparer.Default.Equals(type, services)) return true;
        foreach (var contract in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(contract, services)) return true;
        }

        return false;
    }
}
