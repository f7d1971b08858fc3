using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// Whether async code mentions what may block otherwise than by awaiting it: code that awaits a call has called async code, which does not
/// run to its end there. By the syntax alone.
/// </summary>
internal sealed class UnawaitedNames
{
    private readonly HashSet<string> _wanted;
    private readonly bool _isDisposedByLoops;
    private readonly Func<string, bool> _mayBlock;

    private UnawaitedNames(HashSet<string> wanted, bool isDisposedByLoops, Func<string, bool> mayBlock)
    {
        _wanted = wanted;
        _isDisposedByLoops = isDisposedByLoops;
        _mayBlock = mayBlock;
    }

    /// <summary>
    /// Whether the body at that place in the graph mentions such a name; <paramref name="mayBlock"/> takes a closer look at one that is not
    /// awaited.
    /// </summary>
    public static bool Any(BodyNames body, int place, BlockingIndex index, Func<string, bool> mayBlock)
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
        return new UnawaitedNames(wanted, index.MayLeadFromLoops, mayBlock).AnyIn(code);
    }

    private bool AnyIn(SyntaxNode code)
    {
        foreach (var token in code.DescendantTokens())
        {
            var isFound = (SyntaxKind)token.RawKind switch
            {
                SyntaxKind.IdentifierToken => _wanted.Contains(token.ValueText) && token.Parent is SimpleNameSyntax name && !IsAwaited(name)
                    && IsFound(token.ValueText),
                SyntaxKind.UsingKeyword => IsFound(WellKnownMember.Dispose),
                SyntaxKind.ForEachKeyword => _isDisposedByLoops && IsFound(WellKnownMember.Dispose),
                _ => false,
            };
            if (isFound) return true;
        }

        return false;
    }

    // What has been looked at once need not be a second time.
    private bool IsFound(string name) => _wanted.Contains(name) && (_mayBlock(name) || !_wanted.Remove(name));

    // What is called without being named: operators, new(), foreach.
    private static bool IsImplied(string name) => name[0] == '.' || WellKnownMember.IsOfForEach(name);

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
