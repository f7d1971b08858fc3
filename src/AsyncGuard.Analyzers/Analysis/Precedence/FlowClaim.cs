using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncGuard.Analysis.Precedence;

/// <summary>A <see cref="Claim"/> that it takes the control flow graph around the place to know.</summary>
internal delegate bool FlowClaim(IOperation place, ISymbol? member, Func<ControlFlowGraph> graphOfMember, GuardContext guard);
