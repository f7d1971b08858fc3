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
        if (type is null || !IsStream(type, guard)) return false;
        var root = FlowGraphs.RootOf(place);
        return UseIn(root, variable!, guard, MaxSteps) switch
        {
            Use.Reads => true,
            Use.None => StreamList.Of(variable!, place) is { } list && UseOfElements(root, list, guard) == Use.Reads,
            _ => false,
        };
    }

    // List<Stream> parts, whose elements the code reads here and closes there: parts.ForEach(part => part.Dispose())
    private static Use UseOfElements(IOperation root, ILocalSymbol list, GuardContext guard)
    {
        var use = Use.None;
        foreach (var operation in root.Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var named } || !SymbolEqualityComparer.Default.Equals(named, list))
                continue;
            var here = StreamList.UseOf(operation);
            var found = here.Element is { } element ? UseOf(element, guard, MaxSteps)
                : (here.Variable ?? VariableOf(here.Added)) is { } variable
                    ? UseIn(root, variable, guard, MaxSteps, except: operation.Parent)
                    : here.IsHarmless ? Use.None : Use.Other;
            if (found == Use.Other) return Use.Other;
            if (found == Use.Reads) use = Use.Reads;
        }

        return use;
    }

    /// <summary>Whether what the code does there may write to the stream, or hands it to code that may.</summary>
    public static bool DoesMore(IOperation reference, GuardContext guard) => UseOf(reference, guard, MaxSteps) == Use.Other;

    private static Use UseIn(IOperation code, ISymbol variable, GuardContext guard, int steps, IOperation? except = null)
    {
        var use = Use.None;
        foreach (var operation in code.Descendants())
        {
            if (operation is not (ILocalReferenceOperation or IParameterReferenceOperation)
                || !SymbolEqualityComparer.Default.Equals(VariableOf(operation), variable)
                || (except is not null && operation.Parent is IArgumentOperation { Parent: var call } && ReferenceEquals(call, except)))
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

            // var part = parts[i];
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var alias } }
                when steps > 0 && reference is not ILocalReferenceOperation =>
                UseIn(FlowGraphs.RootOf(reference), alias, guard, steps - 1),
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
