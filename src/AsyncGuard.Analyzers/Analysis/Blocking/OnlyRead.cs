using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// A stream from which the code only reads, whatever it was opened for: when it closes, there is nothing left to write.
/// <code>
/// using var file = new FileStream(path, FileMode.Open); await file.CopyToAsync(body);
/// using (source) return await JsonDocument.ParseAsync(source);
/// </code>
/// </summary>
internal static class OnlyRead
{
    // Each method that receives the stream counts.
    private const int MaxSteps = 3;

    /// <summary>Whether the variable holds a stream, some code reads from it, and no code does anything else to it.</summary>
    public static bool Is(ISymbol? variable, IOperation place, GuardContext guard)
    {
        var type = variable switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol { RefKind: RefKind.None } parameter => parameter.Type,
            _ => null,
        };
        return type is not null && IsStream(type, guard) && UseIn(FlowGraphs.RootOf(place), variable!, guard, MaxSteps) == Use.Reads;
    }

    private static Use UseIn(IOperation code, ISymbol variable, GuardContext guard, int steps)
    {
        var use = Use.None;
        foreach (var operation in code.Descendants())
        {
            if (operation is not (ILocalReferenceOperation or IParameterReferenceOperation)
                || !SymbolEqualityComparer.Default.Equals(VariableOf(operation), variable))
                continue;
            switch (UseOf(operation, guard, steps))
            {
                case Use.Reads:
                    use = Use.Reads;
                    break;
                case Use.Other:
                    return Use.Other;
            }
        }

        return use;
    }

    /// <summary>The local or parameter that the expression names, or null.</summary>
    public static ISymbol? VariableOf(IOperation? operation) => Unwrapped.ConversionsOrNull(operation) switch
    {
        ILocalReferenceOperation reference => reference.Local,
        IParameterReferenceOperation reference => reference.Parameter,

        // stream?.Dispose()
        IConditionalAccessInstanceOperation instance when Unwrapped.Conditional(instance) is var named && named != instance =>
            VariableOf(named),
        _ => null,
    };

    private static bool IsStream(ITypeSymbol type, GuardContext guard)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, guard.Types.Stream)) return true;
        }

        return false;
    }

    private static Use UseOf(IOperation reference, GuardContext guard, int steps)
    {
        var outer = Unwrapped.ConversionsAround(reference);
        return outer.Parent switch
        {
            IInvocationOperation call when ReferenceEquals(call.Instance, outer) => UseBy(call.TargetMethod, guard),
            IPropertyReferenceOperation property => UseBy(property.Property, guard),
            // stream?.Dispose()
            IConditionalAccessOperation { WhenNotNull: var used } access when ReferenceEquals(access.Operation, outer) => used switch
            {
                IInvocationOperation call => UseBy(call.TargetMethod, guard),
                IPropertyReferenceOperation property => UseBy(property.Property, guard),
                _ => Use.Other,
            },
            // source.CopyToAsync(stream) writes to its argument.
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method }, Parameter: { } parameter } =>
                guard.Apis.Has(method, ApiTraits.ReadsOnly) && !IsStream(method.ContainingType, guard)
                    ? Use.Reads : UseByOwn(method, parameter, guard, steps - 1),
            IArgumentOperation { Parent: IObjectCreationOperation { Constructor: { } constructor } } =>
                guard.Apis.Has(constructor, ApiTraits.ReadsOnly) ? Use.Reads : Use.Other,
            IUsingOperation or IBinaryOperation or IIsPatternOperation => Use.None,
            // var file = …
            IVariableDeclaratorOperation => Use.None,
            _ => Use.Other,
        };
    }

    // Task<string> FirstLineAsync(Stream file), whose body only reads from what it receives
    private static Use UseByOwn(IMethodSymbol method, IParameterSymbol parameter, GuardContext guard, int steps)
    {
        if (steps == 0 || !guard.IsOurs(method) || method.IsVirtual || method.IsAbstract || method.IsOverride) return Use.Other;
        var definition = method.OriginalDefinition;
        var use = Use.None;
        var isSeen = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(definition))
        {
            isSeen = true;
            switch (UseIn(body, definition.Parameters[parameter.Ordinal], guard, steps))
            {
                case Use.Reads:
                    use = Use.Reads;
                    break;
                case Use.Other:
                    return Use.Other;
            }
        }

        return isSeen ? use : Use.Other;
    }

    private static Use UseBy(ISymbol member, GuardContext guard)
    {
        if (guard.Apis.Has(member, ApiTraits.ReadsOnly)) return Use.Reads;
        return guard.Apis.Has(member, ApiTraits.Completes)
            || (member is IMethodSymbol { Name: var name }
                && (name == WellKnownMember.DisposeAsync || ConventionalNames.ClosesOrDisposes(name)))
                ? Use.None : Use.Other;
    }

    private enum Use
    {
        None,
        Reads,
        Other,
    }
}
