using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Context;

/// <summary>The names of methods that are subscribed with <c>+=</c>, by syntax tree, so that an edit reads one file again.</summary>
internal static class EventSubscriptions
{
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> Names = new();

    /// <summary>Whether any file of the compilation subscribes a method of this name.</summary>
    public static bool Has(string method, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (NamesIn(tree, cancellationToken).Contains(method)) return true;
        }

        return false;
    }

    private static HashSet<string> NamesIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Names.TryGetValue(tree, out var known)) return known;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var addition in AddedHandlers.AllIn(tree, cancellationToken))
        {
            if (NameOf(addition.Right) is { } name) names.Add(name);
        }

        return Names.GetValue(tree, _ => names);
    }

    // x.Event += OnEvent, += this.OnEvent, += new EventHandler(OnEvent)
    private static string? NameOf(ExpressionSyntax handler) => handler switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        CastExpressionSyntax cast => NameOf(cast.Expression),
        ParenthesizedExpressionSyntax inner => NameOf(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } notNull => NameOf(notNull.Operand),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => NameOf(arguments[0].Expression),
        _ => null,
    };
}
