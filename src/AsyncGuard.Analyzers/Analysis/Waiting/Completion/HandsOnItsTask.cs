using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// A call that takes a task and a delegate for a task of the same type, as <c>ContinueWith</c> does:
/// <code>
/// context.ReenterAfter(LoadAsync(), task => Use(task.Result));
/// LoadAsync().Then(task => Use(task.Result));
/// </code>
/// Such a method calls the delegate when the task has ended: it has no other use for a task that it could hand on at once.
/// </summary>
internal static class HandsOnItsTask
{
    /// <summary>Whether the parameter of the lambda is the task that the call receives.</summary>
    public static bool Is(IInvocationOperation call, IAnonymousFunctionOperation lambda, IParameterSymbol parameter)
    {
        if (lambda.Symbol.Parameters.Length != 1) return false;
        if (SymbolEqualityComparer.Default.Equals(call.Instance?.Type, parameter.Type)) return true;
        foreach (var argument in call.Arguments)
        {
            if (!argument.IsImplicit && SymbolEqualityComparer.Default.Equals(argument.Value.Type, parameter.Type)) return true;
        }

        return false;
    }
}
