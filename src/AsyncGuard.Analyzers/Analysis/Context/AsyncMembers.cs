using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Which members can hold async code at all: those that are async code, and those with functions inside. Most are neither.
/// </summary>
internal sealed class AsyncMembers(GuardContext guard)
{
    private static readonly Engine<AsyncMembers> Engine = new(static guard => new AsyncMembers(guard));

    // Where the text of a file may have a lambda, in its order.
    private static readonly ConditionalWeakTable<SyntaxTree, int[]> Arrows = new();
    private static readonly ConditionalWeakTable<SyntaxTree, int[]>.CreateValueCallback FindArrows =
        static tree => ArrowsIn(tree.GetText().ToString());

    private readonly ConcurrentDictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public static AsyncMembers Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether code in the blocks of the member may be async code; the answer is remembered for all who ask.</summary>
    public bool MayHold(ISymbol member, ImmutableArray<IOperation> blocks) =>
        (member is IMethodSymbol method && CodeContext.IsAsyncFunction(method, guard))
        || (_known.TryGetValue(member, out var known) ? known : _known.GetOrAdd(member, HasFunction(blocks)));

    private static bool HasFunction(ImmutableArray<IOperation> blocks)
    {
        foreach (var block in blocks)
        {
            if (HasArrow(block.Syntax) || (block.Syntax is not ArrowExpressionClauseSyntax && HasLocalFunction(block.Syntax))) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether code may hold lambdas or local functions: the quick test by the text, wrong only in favour of a closer look.
    /// </summary>
    public static bool MayHoldFunctions(SyntaxNode code) => HasArrow(code) || HasLocalFunction(code);

    // Not the arrow that the body begins with.
    private static bool HasArrow(SyntaxNode code)
    {
        var span = code is ArrowExpressionClauseSyntax { Expression: var expression } ? expression.Span : code.Span;
        var arrows = Arrows.GetValue(code.SyntaxTree, FindArrows);
        var at = Array.BinarySearch(arrows, span.Start);
        if (at < 0) at = ~at;
        return at < arrows.Length && arrows[at] < span.End;
    }

    private static int[] ArrowsIn(string text)
    {
        var found = new List<int>();
        Add("=>");
        Add("delegate");
        found.Sort();
        return found.ToArray();

        void Add(string sign)
        {
            for (var at = text.IndexOf(sign, StringComparison.Ordinal); at >= 0;
                at = text.IndexOf(sign, at + sign.Length, StringComparison.Ordinal))
                found.Add(at);
        }
    }

    // One without an arrow stands among the statements, never in an expression.
    private static bool HasLocalFunction(SyntaxNode code)
    {
        foreach (var child in code.ChildNodes())
        {
            switch (child)
            {
                case LocalFunctionStatementSyntax:
                    return true;
                case ExpressionSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax:
                    break;
                default:
                    if (HasLocalFunction(child)) return true;
                    break;
            }
        }

        return false;
    }
}
