using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// The names in async code that may lead to what blocks otherwise than by awaiting it: code that awaits a call has called async code, which
/// does not run to its end there. By the syntax alone, and read once for each body, whatever call it is asked about.
/// </summary>
internal sealed class UnawaitedNames
{
    private readonly int _place;
    private readonly List<string> _names = new();

    /// <summary>Reads those of the body at that place in the graph.</summary>
    public UnawaitedNames(BodyNames body, int place, BlockingIndex index)
    {
        _place = place;
        var wanted = new HashSet<string>();
        foreach (var name in body.Mentioned)
        {
            if (!index.MayLead(name, place)) continue;
            if (IsImplied(name)) _names.Add(name);
            else wanted.Add(name);
        }

        if (wanted.Count > 0) Find(body, wanted);
    }

    /// <summary>
    /// Whether any of them means a body of that closure, which was made of what leads to one call; <paramref name="mayBlock"/> takes a
    /// closer look at a name.
    /// </summary>
    public bool MayMean(BlockingClosure closure, Func<string, bool> mayBlock)
    {
        foreach (var name in _names)
        {
            if (name == CallNames.Creation
                ? closure.MayMake(_place, mayBlock)
                : closure.MayMean(name, _place) && (IsOperation(name) || mayBlock(name)))
                return true;
        }

        return false;
    }

    private void Find(BodyNames body, HashSet<string> wanted)
    {
        foreach (var token in body.Tree.GetRoot().FindNode(body.Span, getInnermostNodeForTie: true).DescendantTokens())
        {
            switch ((SyntaxKind)token.RawKind)
            {
                case SyntaxKind.IdentifierToken when wanted.Contains(token.ValueText):
                    if (token.Parent is SimpleNameSyntax name && !IsAwaited(name)) Take(token.ValueText);
                    break;
                case SyntaxKind.UsingKeyword:
                    Take(WellKnownMember.Dispose);
                    break;
            }

            if (wanted.Count == 0) return;
        }

        void Take(string name)
        {
            if (wanted.Remove(name)) _names.Add(name);
        }
    }

    // What is called without being named: operators, new(), foreach.
    private static bool IsImplied(string name) => name[0] == '.' || WellKnownMember.IsOfForEach(name);

    private static bool IsOperation(string name) => IsImplied(name) && !CallNames.IsConstructor(name);

    // await Load(), await store.Load().ConfigureAwait(false)
    private static bool IsAwaited(SimpleNameSyntax called)
    {
        ExpressionSyntax value = called.Parent is MemberAccessExpressionSyntax access && access.Name == called ? access : called;
        if (value.Parent is not InvocationExpressionSyntax call || call.Expression != value) return false;
        while (call.Parent is MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: WellKnownMember.ConfigureAwait, Parent: InvocationExpressionSyntax configured
            })
            call = configured;
        return call.Parent is AwaitExpressionSyntax;
    }
}
