using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Precedence;

/// <summary>Whether a place belongs to a finding, be it reported there or, by what the rule itself knows, kept silent.</summary>
internal delegate bool Claim(IOperation place, ISymbol? member, GuardContext guard);
