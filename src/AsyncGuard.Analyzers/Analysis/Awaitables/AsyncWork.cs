using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>A delegate that does nothing but start and await asynchronous calls.</summary>
internal static class AsyncWork
{
    private const int MaxCallees = 40;

    /// <summary>The first asynchronous method that the delegate of <c>Task.Run</c> calls, if all it does is to call such methods.</summary>
    public static IMethodSymbol? In(IInvocationOperation run, GuardContext guard)
    {
        foreach (var argument in run.Arguments)
        {
            if (argument.Parameter?.Type.TypeKind != TypeKind.Delegate) continue;
            return Unwrapped.Delegate(argument.Value) switch
            {
                // Task.Run(LoadAsync)
                IMethodReferenceOperation { Method: var method } => guard.Awaitables.IsTask(method.ReturnType) ? method : null,
                IAnonymousFunctionOperation lambda when lambda.Symbol.IsAsync || guard.Awaitables.IsTask(lambda.Symbol.ReturnType) =>
                    OfStatements(lambda.Body.Operations, guard),
                _ => null,
            };
        }

        return null;
    }

    /// <summary>
    /// The only call of a lambda that does nothing else: <c>() => LoadAsync(a)</c>, <c>async () => await LoadAsync(a)</c>.
    /// </summary>
    public static IInvocationOperation? OnlyCallOf(IAnonymousFunctionOperation lambda, GuardContext guard)
    {
        IInvocationOperation? found = null;
        foreach (var statement in lambda.Body.Operations)
        {
            if (statement is IReturnOperation { ReturnedValue: null }) continue;
            if (found is not null || ValueOf(statement) is not { } value) return null;
            found = CallIn(value, guard);
            if (found is null) return null;
        }

        return found;
    }

    /// <summary>
    /// Whether the method may keep the thread that calls it: a loop or nothing to await before its first await, and blocking or heavy calls
    /// anywhere in it or in what it calls, since a user interface continues on its thread after an await. Methods that cannot be seen count
    /// as they are named.
    /// </summary>
    public static bool MayHoldItsCaller(IMethodSymbol method, GuardContext guard)
    {
        if (!IsVisible(method)) return guard.Apis.Has(method, ApiTraits.Blocks | ApiTraits.Cpu);
        var awaits = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                switch (operation)
                {
                    case IAwaitOperation:
                        awaits = true;
                        break;
                    case ILoopOperation when !awaits:
                        return true;

                    // Task LoadAsync() => other.LoadAsync()
                    case IReturnOperation { ReturnedValue: IInvocationOperation handed }
                        when !method.IsAsync && guard.Awaitables.IsAwaitable(handed.Type)
                        && !guard.Apis.Has(handed.TargetMethod, ApiTraits.Completed):
                        awaits = true;
                        break;
                }
            }
        }

        return !awaits || HoldsSomewhere(method, guard, new HashSet<ISymbol>(SymbolEqualityComparer.Default));
    }

    private static bool HoldsSomewhere(IMethodSymbol method, GuardContext guard, HashSet<ISymbol> seen)
    {
        if (seen.Count >= MaxCallees || !seen.Add(method.OriginalDefinition)) return false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IInvocationOperation { TargetMethod: var called } call) continue;
                if (guard.Apis.Has(called, ApiTraits.Blocks | ApiTraits.Cpu) && !NothingToWaitFor.Is(call, guard)) return true;
                if (IsVisible(called) && guard.IsOurs(called) && HoldsSomewhere(called, guard, seen)) return true;
            }
        }

        return false;
    }

    private static bool IsVisible(IMethodSymbol method) => method.DeclaringSyntaxReferences.Length == 1 && !method.IsAbstract;

    private static IMethodSymbol? OfStatements(ImmutableArray<IOperation> statements, GuardContext guard)
    {
        IMethodSymbol? first = null;
        foreach (var statement in statements)
        {
            if (statement is IReturnOperation { ReturnedValue: null }) continue;
            if (ValueOf(statement) is not { } value) return null;

            // return rows;
            if (first is not null && statement is IReturnOperation && IsPlain(value)) continue;
            if (CallIn(value, guard) is not { } call) return null;
            first ??= call.TargetMethod;
        }

        return first;
    }

    // await LoadAsync();  var rows = await LoadAsync();  return await LoadAsync();  LoadAsync()
    private static IOperation? ValueOf(IOperation statement) => statement switch
    {
        IExpressionStatementOperation { Operation: IAwaitOperation awaited } => awaited,
        IReturnOperation { ReturnedValue: { } value } => value,
        IVariableDeclarationGroupOperation { Declarations: { Length: 1 } declarations }
            when declarations[0].Declarators is { Length: 1 } variables => variables[0].Initializer?.Value,
        _ => null,
    };

    private static IInvocationOperation? CallIn(IOperation value, GuardContext guard)
    {
        value = Unwrapped.ImplicitConversions(value);
        if (value is IAwaitOperation awaited) value = awaited.Operation;
        value = Unwrapped.Work(value);
        return value is IInvocationOperation call && guard.Awaitables.IsAwaitable(call.Type) && IsPlainCall(call) ? call : null;
    }

    // What is computed for the call would move as well.
    private static bool IsPlainCall(IInvocationOperation call)
    {
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke || (call.Instance is not null && !IsPlain(call.Instance)))
            return false;
        foreach (var argument in call.Arguments)
        {
            if (!IsPlain(argument.Value)) return false;
        }

        return true;
    }

    private static bool IsPlain(IOperation value)
    {
        if (value is IAnonymousFunctionOperation) return true;
        if (value is IInvocationOperation or IDynamicInvocationOperation or IAwaitOperation or IIncrementOrDecrementOperation) return false;

        // new Row { Name = name }
        if (value is IAssignmentOperation and not { Parent: IObjectOrCollectionInitializerOperation }) return false;
        foreach (var child in value.ChildOperations)
        {
            if (!IsPlain(child)) return false;
        }

        return true;
    }
}
