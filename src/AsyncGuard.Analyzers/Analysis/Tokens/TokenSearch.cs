using System.Collections.Generic;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>What a walk outwards from one place has found. It allocates nothing before it finds something.</summary>
internal struct TokenSearch(IOperation place, GuardContext guard, List<TokenCandidate>? all)
{
    public IOperation Place { get; } = place;

    /// <summary>Whether the walk has left a lambda or local function, so that what it meets from now on would be captured.</summary>
    public bool HasLeftFunction { get; set; }

    public TokenCandidate? Best { get; private set; }

    /// <summary>Whether the one token that was asked for is found.</summary>
    public readonly bool IsOver => all is null && Best is not null;

    public void Add(ISymbol owner, string? tokenMember = null) => Add(new TokenCandidate(owner, tokenMember));

    public void Add(TokenCandidate found)
    {
        if (!IsNamedAt(found.Owner) || !LocalFunctionUse.CanCapture(found.Owner, Place, guard)) return;
        Best ??= found;
        all?.Add(found);
    }

    // A local or parameter can hide a field of its name.
    private readonly bool IsNamedAt(ISymbol owner)
    {
        if (Place.SemanticModel is not { } model) return false;
        foreach (var visible in model.LookupSymbols(Place.Syntax.SpanStart, name: owner.Name))
        {
            if (SymbolEqualityComparer.Default.Equals(visible.OriginalDefinition, owner.OriginalDefinition)) return true;
        }

        return false;
    }
}
