using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// Synchronous code that is posted to the thread of a user interface: <c>dispatcher.InvokeAsync(() => Progress = n)</c>. Its task says only
/// that the code has run there.
/// </summary>
internal static class PostedWork
{
    /// <summary>Whether the call gives such code, and none that is asynchronous, to the thread.</summary>
    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Apis.Has(call.TargetMethod, ApiTraits.Posts)) return false;
        var isSynchronous = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Type is not INamedTypeSymbol { TypeKind: TypeKind.Delegate, DelegateInvokeMethod: { } invoked }) continue;
            if (IsAsync(argument.Value) || guard.Awaitables.IsAwaitable(invoked.ReturnType)) return false;
            isSynchronous = true;
        }

        return isSynchronous;
    }

    /// <summary>
    /// Whether the function, a lambda or a method, only awaits such a call at its end:
    /// <c>async void Show(int n) => await dispatcher.InvokeAsync(() => Progress = n);</c>.
    /// </summary>
    public static bool IsAllOf(IOperation function, GuardContext guard)
    {
        if (Unwrapped.Delegate(function) is IAnonymousFunctionOperation lambda) return EndsWithPost(lambda.Body, guard);
        if (Unwrapped.Delegate(function) is not IMethodReferenceOperation { Method: var method } || !guard.IsOurs(method)
            || method.IsVirtual || method.IsAbstract || method.IsOverride)
            return false;
        var isPost = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var part in body.ChildOperations)
            {
                if (part is not IBlockOperation block || !EndsWithPost(block, guard)) return false;
                isPost = true;
            }
        }

        return isPost;
    }

    // In front of it stands nothing but conditions and values that are set.
    private static bool EndsWithPost(IBlockOperation body, GuardContext guard)
    {
        var isPosted = false;
        foreach (var statement in body.Operations)
        {
            if (statement is IReturnOperation { ReturnedValue: null }) continue;
            if (isPosted) return false;
            if (statement is IExpressionStatementOperation { Operation: IAwaitOperation { Operation: var awaited } })
                isPosted = Unwrapped.Awaited(awaited) is IInvocationOperation call && Is(call, guard);
            if (!isPosted && Runs(statement)) return false;
        }

        return isPosted;
    }

    private static bool Runs(IOperation statement)
    {
        foreach (var operation in statement.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation or IObjectCreationOperation or IThrowOperation or IAwaitOperation) return true;
        }

        return false;
    }

    private static bool IsAsync(IOperation work) => Unwrapped.Delegate(work) switch
    {
        IAnonymousFunctionOperation { Symbol.IsAsync: var isAsync } => isAsync,
        IMethodReferenceOperation { Method.IsAsync: var isAsync } => isAsync,
        _ => false,
    };
}
