using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>How many handlers an event, or a field or property that holds a delegate, may get by <c>+=</c>.</summary>
internal static class AddedHandlers
{
    // What each file adds to, by name, so that an edit reads one file again.
    private static readonly ConditionalWeakTable<SyntaxTree, Dictionary<string, List<AssignmentExpressionSyntax>>> Additions = new();

    /// <summary>
    /// Whether the member may hold more than one handler: others see the event, or the code adds twice, or may add again.
    /// </summary>
    public static bool MayBeSeveral(ISymbol member, GuardContext guard, CancellationToken cancellationToken)
    {
        if (member is IEventSymbol && member.DeclaredAccessibility != Accessibility.Private) return true;
        if (member is not (IEventSymbol or IFieldSymbol or IPropertySymbol)) return false;

        var found = 0;
        foreach (var tree in guard.Compilation.SyntaxTrees)
        {
            if (!AdditionsIn(tree, cancellationToken).TryGetValue(member.Name, out var additions)) continue;
            foreach (var addition in additions)
            {
                if (IsTo(member, Bodies.Of(guard).OperationOf(addition)) && (!IsInConstructor(addition) || ++found > 1)) return true;
            }
        }

        return false;
    }

    private static bool IsTo(ISymbol member, IOperation? addition)
    {
        var target = addition switch
        {
            IEventAssignmentOperation { Adds: true } subscription => subscription.EventReference,
            ICompoundAssignmentOperation compound => compound.Target,
            _ => null,
        };
        return target is IMemberReferenceOperation { Member: var added }
            && SymbolEqualityComparer.Default.Equals(added.OriginalDefinition, member.OriginalDefinition);
    }

    // C() { Changed += OnChanged; }: once for each object
    private static bool IsInConstructor(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is ConstructorDeclarationSyntax
        && node.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is null;

    private static Dictionary<string, List<AssignmentExpressionSyntax>> AdditionsIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Additions.TryGetValue(tree, out var known)) return known;
        var names = new Dictionary<string, List<AssignmentExpressionSyntax>>(StringComparer.Ordinal);
        foreach (var addition in AllIn(tree, cancellationToken))
        {
            var name = addition.Left switch
            {
                SimpleNameSyntax simple => simple.Identifier.ValueText,
                MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
                _ => null,
            };
            if (name is null) continue;
            if (!names.TryGetValue(name, out var list)) names.Add(name, list = new List<AssignmentExpressionSyntax>());
            list.Add(addition);
        }

        return Additions.GetValue(tree, _ => names);
    }

    /// <summary>Every <c>+=</c> of a file, found by its sign in the text: a walk over all nodes costs far more.</summary>
    public static IEnumerable<AssignmentExpressionSyntax> AllIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        for (var at = text.IndexOf("+=", StringComparison.Ordinal); at >= 0; at = text.IndexOf("+=", at + 2, StringComparison.Ordinal))
        {
            var token = tree.GetRoot(cancellationToken).FindToken(at);
            if (token.SpanStart == at && token.IsKind(SyntaxKind.PlusEqualsToken) && token.Parent is AssignmentExpressionSyntax addition)
                yield return addition;
        }
    }
}
