using System;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>A member that is called, and the type of the object that it is called on.</summary>
internal readonly struct VirtualCall(IMethodSymbol method, ITypeSymbol? receiver) : IEquatable<VirtualCall>
{
    private readonly IMethodSymbol _method = method;
    private readonly ITypeSymbol? _receiver = receiver;

    public bool Equals(VirtualCall other) =>
        SymbolEqualityComparer.Default.Equals(_method, other._method) && SymbolEqualityComparer.Default.Equals(_receiver, other._receiver);

    public override bool Equals(object? other) => other is VirtualCall call && Equals(call);

    public override int GetHashCode() =>
        (SymbolEqualityComparer.Default.GetHashCode(_method) * 31) +
        (_receiver is null ? 0 : SymbolEqualityComparer.Default.GetHashCode(_receiver));
}
