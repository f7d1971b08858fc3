using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>The awaitable member that does what a synchronous call does.</summary>
internal sealed class Counterpart(IMethodSymbol method, string name, bool needsToken, INamedTypeSymbol? importedFrom,
    CounterpartArguments? arguments = null)
{
    public IMethodSymbol Method { get; } = method;

    public string Name { get; } = name;

    /// <summary>It has no form without a cancellation token.</summary>
    public bool NeedsToken { get; } = needsToken;

    /// <summary>The class of an extension method that no <c>using</c> of the file brings into scope.</summary>
    public INamedTypeSymbol? ImportedFrom { get; } = importedFrom;

    /// <summary>The arguments that take the place of those of the call; null where they are the same.</summary>
    public CounterpartArguments? Arguments { get; } = arguments;
}
