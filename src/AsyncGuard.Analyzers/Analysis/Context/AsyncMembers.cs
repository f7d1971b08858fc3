using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Which members can hold async code at all: those that are async code, and those with functions inside that may be. Most are neither.
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

    /// <summary>Whether code in the blocks of the member may be async code; the answer is cached.</summary>
    public bool MayHold(ISymbol member, ImmutableArray<IOperation> blocks) =>
        (member is IMethodSymbol method && CodeContext.IsAsyncFunction(method, guard))
        || (_known.TryGetValue(member, out var known) ? known : _known.GetOrAdd(member, HasFunction(blocks)));

    private static bool HasFunction(ImmutableArray<IOperation> blocks)
    {
        foreach (var block in blocks)
        {
            if (MayHoldAsyncFunctions(block.Syntax)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether code may hold a lambda or a local function that is async code: one that is <c>async</c>, or whose result may be an
    /// awaitable. By the syntax alone, wrong only in favour of a closer look.
    /// </summary>
    public static bool MayHoldAsyncFunctions(SyntaxNode code)
    {
        var span = WithoutArrow(code);
        var arrows = Arrows.GetValue(code.SyntaxTree, FindArrows);
        SyntaxNode? root = null;
        for (var at = FirstFrom(arrows, span.Start); at < arrows.Length && arrows[at] < span.End; at++)
        {
            root ??= code.SyntaxTree.GetRoot();
            var sign = root.FindToken(arrows[at]).Parent;
            if (MayBeAsync(sign is ArrowExpressionClauseSyntax ? sign.Parent : sign)) return true;
        }

        return code is not ArrowExpressionClauseSyntax && HasLocalFunction(code, MayBeAsync);
    }

    /// <summary>
    /// Whether code may hold lambdas or local functions: the quick test by the text, wrong only in favour of a closer look.
    /// </summary>
    public static bool MayHoldFunctions(SyntaxNode code) => HasArrow(code) || HasLocalFunction(code, static _ => true);

    private static bool HasArrow(SyntaxNode code)
    {
        var span = WithoutArrow(code);
        var arrows = Arrows.GetValue(code.SyntaxTree, FindArrows);
        var at = FirstFrom(arrows, span.Start);
        return at < arrows.Length && arrows[at] < span.End;
    }

    // Not the arrow that the body begins with.
    private static TextSpan WithoutArrow(SyntaxNode code) =>
        code is ArrowExpressionClauseSyntax { Expression: var expression } ? expression.Span : code.Span;

    private static int FirstFrom(int[] arrows, int start)
    {
        var at = Array.BinarySearch(arrows, start);
        return at < 0 ? ~at : at;
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
    private static bool HasLocalFunction(SyntaxNode code, Func<SyntaxNode, bool> matches)
    {
        foreach (var child in code.ChildNodes())
        {
            switch (child)
            {
                case LocalFunctionStatementSyntax when matches(child):
                    return true;
                case ExpressionSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax:
                    break;
                default:
                    if (HasLocalFunction(child, matches)) return true;
                    break;
            }
        }

        return false;
    }

    private static bool MayBeAsync(SyntaxNode? function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0 || MayGiveAwaitable(lambda.Body),
        LocalFunctionStatementSyntax { ReturnType: PredefinedTypeSyntax } local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax => true,
        _ => false,
    };

    // row => row.Id == id; row => { count++; }
    private static bool MayGiveAwaitable(CSharpSyntaxNode body)
    {
        if (body is not BlockSyntax { Statements: var statements } block) return body is ExpressionSyntax value && MayBeAwaitable(value);
        var hasResult = false;
        foreach (var node in block.DescendantNodes(static node =>
            node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is not ReturnStatementSyntax { Expression: { } result }) continue;
            if (MayBeAwaitable(result)) return true;
            hasResult = true;
        }

        // () => { Stop(); throw new …; } has any result that is asked for
        return !hasResult && statements.Count > 0 && statements[statements.Count - 1] is not (ExpressionStatementSyntax
            or LocalDeclarationStatementSyntax or IfStatementSyntax { Else: null } or CommonForEachStatementSyntax);
    }

    private static bool MayBeAwaitable(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax parenthesized => MayBeAwaitable(parenthesized.Expression),
        ConditionalExpressionSyntax choice => MayBeAwaitable(choice.WhenTrue) || MayBeAwaitable(choice.WhenFalse),
        InterpolatedStringExpressionSyntax or IsPatternExpressionSyntax => false,
        _ => (SyntaxKind)value.RawKind is not (SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression
            or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression
            or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression
            or SyntaxKind.LogicalNotExpression or SyntaxKind.IsExpression or SyntaxKind.NumericLiteralExpression
            or SyntaxKind.StringLiteralExpression or SyntaxKind.CharacterLiteralExpression or SyntaxKind.TrueLiteralExpression
            or SyntaxKind.FalseLiteralExpression),
    };
}
