using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// The constants that a call passes to a member, and the object that the call is on where its creation can be seen:
/// <code>using var client = new Client(stream, owns: false); client.Load(fromDisk: false);</code>
/// </summary>
internal sealed class GivenConstants(ISymbol target)
{
    private readonly Dictionary<int, object?> _values = new();

    public ISymbol Target { get; } = target;

    /// <summary>The creation of the object, or null.</summary>
    public IObjectCreationOperation? Made { get; private set; }

    /// <summary>What the object was made with.</summary>
    public GivenConstants? MadeWith { get; private set; }

    public void Give(IParameterSymbol parameter, object? value) => _values[parameter.Ordinal] = value;

    public GivenConstants OnObject(IObjectCreationOperation? made, GivenConstants? with)
    {
        (Made, MadeWith) = (made, with);
        return this;
    }

    /// <summary>What was passed for the parameter; null is a value too.</summary>
    public bool TryGet(IParameterSymbol parameter, out object? value)
    {
        value = null;
        return SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, Target.OriginalDefinition)
            && _values.TryGetValue(parameter.Ordinal, out value);
    }
}
