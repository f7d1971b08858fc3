using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// An object that does the work of a promise: what it calls back completes the <c>TaskCompletionSource</c>, and then it has done its part.
/// <code>var download = new Download(); download.Completed += text => source.SetResult(text); download.Start();</code>
/// </summary>
internal static class PromisedWork
{
    /// <summary>Whether one of the locals holds an object that was made in the function and calls back what completes a promise.</summary>
    public static bool IsOneOf(HashSet<ISymbol> locals, IOperation place, GuardContext guard)
    {
        var root = FlowGraphs.RootOf(place);
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Instance: { } raiser } } added
                    when IsMadeHere(raiser, locals, guard) && Completes(added.HandlerValue, root, guard):
                // _completed += and Completed =, of a field or property with a delegate
                case ICompoundAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } holder } } sum
                    when IsMadeHere(holder, locals, guard) && Completes(sum.Value, root, guard):
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } owner } } set
                    when IsMadeHere(owner, locals, guard) && Completes(set.Value, root, guard):
                case IInvocationOperation { Instance: { } receiver } call
                    when IsMadeHere(receiver, locals, guard) && CompletesByArgument(call, root, guard):
                    return true;
            }
        }

        return false;
    }

    private static bool IsMadeHere(IOperation value, HashSet<ISymbol> locals, GuardContext guard) =>
        Unwrapped.Conversions(value) is ILocalReferenceOperation { Local: var local } && locals.Contains(local)
        && InitialValue.Of(value, guard) is IObjectCreationOperation;

    // download.Start(onDone: text => source.SetResult(text))
    private static bool CompletesByArgument(IInvocationOperation call, IOperation root, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (Completes(argument.Value, root, guard)) return true;
        }

        return false;
    }

    private static bool Completes(IOperation value, IOperation root, GuardContext guard)
    {
        value = Unwrapped.Conversions(value);
        if (value is IDelegateCreationOperation created) value = created.Target;
        return value switch
        {
            IAnonymousFunctionOperation lambda => Mentions(lambda, guard),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } =>
                FunctionOf(function, root) is { } code && Mentions(code, guard),
            // source.SetResult
            IMethodReferenceOperation { Instance: { } instance } => guard.Awaitables.IsCompletionSource(instance.Type!),
            _ => false,
        };
    }

    private static ILocalFunctionOperation? FunctionOf(IMethodSymbol function, IOperation root)
    {
        foreach (var operation in root.Descendants())
        {
            if (operation is ILocalFunctionOperation local && SymbolEqualityComparer.Default.Equals(local.Symbol, function)) return local;
        }

        return null;
    }

    private static bool Mentions(IOperation code, GuardContext guard)
    {
        foreach (var operation in code.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local.Type: var type } && guard.Awaitables.IsCompletionSource(type)) return true;
        }

        return false;
    }
}
