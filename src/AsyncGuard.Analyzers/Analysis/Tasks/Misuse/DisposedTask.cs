using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Misuse;

/// <summary>A <c>using</c> that holds a task of what it should dispose: <c>using (gate.LockAsync())</c>.</summary>
internal static class DisposedTask
{
    /// <summary>Whether the expression of a <c>using</c> is a task of something disposable that nothing else awaits.</summary>
    public static bool Is(IOperation resource, GuardContext guard)
    {
        var value = Unwrapped.ImplicitConversions(resource);
        if (!IsOfDisposable(value.Type, guard)) return false;
        return value switch
        {
            // var open = OpenAsync(); using (open) await open;
            ILocalReferenceOperation { Local: var local } => !TaskHolder.Of(local, resource, guard).IsTakenCareOf(resource, guard),
            IMemberReferenceOperation or IParameterReferenceOperation => false,

            // using (await nested), of a task of a task, holds the inner one
            _ => true,
        };
    }

    /// <summary>Whether a variable of a <c>using</c> keeps a task of something disposable, and nothing awaits it there.</summary>
    public static bool Keeps(IVariableDeclaratorOperation declarator, GuardContext guard) =>
        declarator.Initializer is { Value: var value }
        && IsOfDisposable(declarator.Symbol.Type, guard)
        && Is(value, guard)
        && !TaskHolder.Of(declarator.Symbol, declarator, guard).IsTakenCareOf(declarator, guard);

    // A task of a task is AGD0209's: what is awaited once is a task, and no more to be disposed than the first.
    private static bool IsOfDisposable(ITypeSymbol? type, GuardContext guard) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } && guard.Awaitables.IsTask(type)
        && guard.Awaitables.ResultOf(type) is { } result && !guard.Awaitables.IsTask(result)
        && (result.Implements(guard.Types.Disposable) || result.Implements(guard.Types.AsyncDisposable));
}
