using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>A source whose registration is a timer: what it completes may be awaited after the function has ended.</summary>
internal static class TimerSource
{
    /// <summary>
    /// Whether the registered callback may run after the function: always, unless the function awaits what the callback completes.
    /// </summary>
    /// <remarks><code>source.Token.Register(() => done.TrySetCanceled()); … await done.Task;</code></remarks>
    public static bool Outlives(IInvocationOperation registration, GuardContext guard)
    {
        var root = FlowGraphs.RootOf(registration);
        foreach (var argument in registration.Arguments)
        {
            foreach (var operation in argument.Value.DescendantsAndSelf())
            {
                if (operation is ILocalReferenceOperation { Local: var done } && guard.Awaitables.IsCompletionSource(done.Type)
                    && IsAwaited(done, root, registration)) return false;
            }
        }

        return true;
    }

    private static bool IsAwaited(ILocalSymbol done, IOperation root, IInvocationOperation registration)
    {
        foreach (var operation in root.Descendants())
        {
            if (operation is IAwaitOperation { Operation: var awaited } && operation.Syntax.SpanStart > registration.Syntax.Span.End
                && Unwrapped.Awaited(awaited) is IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: var source } }
                && SymbolEqualityComparer.Default.Equals(source, done)
                && ReferenceEquals(FlowGraphs.FunctionAround(operation), FlowGraphs.FunctionAround(registration))) return true;
        }

        return false;
    }
}
