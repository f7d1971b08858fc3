using System.Collections.Generic;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// Whether async code mentions what may block otherwise than by awaiting it: whoever awaits a call has called async code, which does not
/// run to its end there. By the syntax alone.
/// </summary>
internal sealed class UnawaitedNames
{
    private readonly HashSet<string> _wanted;
    private readonly bool _isDisposalWanted;
    private readonly bool _isDisposedByLoops;

    private UnawaitedNames(HashSet<string> wanted, bool isDisposedByLoops)
    {
        _wanted = wanted;
        _isDisposalWanted = wanted.Contains(WellKnownMember.Dispose);
        _isDisposedByLoops = isDisposedByLoops;
    }

    /// <summary>Whether the body at that place in the graph mentions such a name.</summary>
    public static bool Any(BodyNames body, int place, BlockingIndex index)
    {
        var wanted = new HashSet<string>();
        foreach (var name in body.Mentioned)
        {
            if (!index.MayLead(name, place)) continue;
            if (IsImplied(name)) return true;
            wanted.Add(name);
        }

        if (wanted.Count == 0 || body.IsOfType) return body.IsOfType;
        var code = body.Tree.GetRoot().FindNode(body.Span, getInnermostNodeForTie: true);
        return new UnawaitedNames(wanted, index.MayLeadFromLoops).AnyIn(code);
    }

    private bool AnyIn(SyntaxNode code)
    {
        foreach (var token in code.DescendantTokens())
        {
            var isFound = (SyntaxKind)token.RawKind switch
            {
                SyntaxKind.IdentifierToken => _wanted.Contains(token.ValueText) && !IsAwaited(token),
                SyntaxKind.UsingKeyword => _isDisposalWanted,
                SyntaxKind.ForEachKeyword => _isDisposalWanted && _isDisposedByLoops,
                _ => false,
            };
            if (isFound) return true;
        }

        return false;
    }

    // What is called without being named: operators, new(), foreach.
    private static bool IsImplied(string name) => name[0] == '.' || name is "GetEnumerator" or "MoveNext" or "Current";

    // await Load(), await store.Load().ConfigureAwait(false)
    private static bool IsAwaited(SyntaxToken name)
    {
        if (name.Parent is not SimpleNameSyntax called) return false;
        ExpressionSyntax value = called.Parent is MemberAccessExpressionSyntax access && access.Name == called ? access : called;
        if (value.Parent is not InvocationExpressionSyntax call || call.Expression != value) return false;
        while (call.Parent is MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured
            })
            call = configured;
        return call.Parent is AwaitExpressionSyntax;
    }
}
