using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>What a callback keeps alive: the object it stands in, locals and parameters it captures, the state it receives.</summary>
internal readonly struct CallbackCaptures
{
    private CallbackCaptures(bool isAny, bool @this, bool locals, bool promise, bool promisedWork, bool returned)
    {
        IsAny = isAny;
        This = @this;
        Locals = locals;
        Promise = promise;
        PromisedWork = promisedWork;
        Returned = returned;
    }

    public bool IsAny { get; }

    /// <summary>Whether that is the object itself.</summary>
    public bool This { get; }

    /// <summary>Whether those are locals of the function.</summary>
    public bool Locals { get; }

    /// <summary>Whether that is a <c>TaskCompletionSource</c> which the function has made.</summary>
    public bool Promise { get; }

    /// <summary>Whether that is an object which does the work of such a promise.</summary>
    public bool PromisedWork { get; }

    /// <summary>Whether that is a local which the function returns, or leaves with other code that keeps using it.</summary>
    public bool Returned { get; }

    public static CallbackCaptures Of(IInvocationOperation call, GuardContext guard)
    {
        var locals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var (others, isThis, promise) = (false, false, false);
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue) continue;
            foreach (var operation in argument.Value.DescendantsAndSelf())
            {
                switch (operation)
                {
                    case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                        isThis = true;
                        break;
                    case ILocalReferenceOperation { Local: var local } when !IsInside(local, argument):
                        locals.Add(local);
                        promise |= guard.Awaitables.IsCompletionSource(local.Type);
                        break;
                    case IParameterReferenceOperation { Parameter: var parameter } when !IsInside(parameter, argument):
                        others |= !guard.Tokens.IsToken(parameter.Type);
                        break;
                }
            }
        }

        return new CallbackCaptures(others || isThis || locals.Count > 0, isThis, locals.Count > 0, promise,
            locals.Count > 0 && Lifetimes.PromisedWork.IsOneOf(locals, call, guard),
            locals.Count > 0 && (IsReturned(locals, call) || KeptObject.IsOneOf(locals, call, guard)));
    }

    private static bool IsInside(ISymbol symbol, IOperation argument)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == argument.Syntax.SyntaxTree && argument.Syntax.Span.Contains(reference.Span)) return true;
        }

        return false;
    }

    // return connection; return new Session(connection);
    private static bool IsReturned(HashSet<ISymbol> locals, IOperation call)
    {
        var function = FlowGraphs.FunctionAround(call);
        foreach (var operation in FlowGraphs.RootOf(call).Descendants())
        {
            if (operation is not IReturnOperation { ReturnedValue: { } value }
                || !ReferenceEquals(FlowGraphs.FunctionAround(operation), function))
                continue;
            value = Unwrapped.Conversions(value);
            if (IsOneOf(value, locals)) return true;
            if (value is not IObjectCreationOperation creation) continue;
            foreach (var argument in creation.Arguments)
            {
                if (IsOneOf(argument.Value, locals)) return true;
            }
        }

        return false;
    }

    private static bool IsOneOf(IOperation value, HashSet<ISymbol> locals)
    {
        value = Unwrapped.Conversions(value);
        return value is ILocalReferenceOperation { Local: var local } && locals.Contains(local);
    }
}
