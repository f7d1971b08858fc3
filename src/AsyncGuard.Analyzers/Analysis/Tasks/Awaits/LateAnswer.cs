using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>
/// What a handler reports to the raiser of its event, which looks at it as soon as the handler has returned, which is at its first await.
/// <code>async void OnClosing(object sender, CancelEventArgs e) { await SaveAsync(); e.Cancel = true; }</code>
/// </summary>
internal static class LateAnswer
{
    /// <summary>Whether such an answer stands behind an await that was written, and behind none that was there before.</summary>
    public static bool IsBehind(IOperation awaited, ICollection<TextSpan> written, CancellationToken cancellationToken)
    {
        var start = awaited.Syntax.SpanStart;
        if (awaited.SemanticModel?.GetEnclosingSymbol(start, cancellationToken) is not IMethodSymbol { ReturnsVoid: true } function
            || function.Parameters.FirstOrDefault(parameter => TakesAnswers(parameter.Type)) is not { } arguments)
            return false;
        var body = function.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        var earlier = body.DescendantNodes().Where(node => node is AwaitExpressionSyntax && !written.Contains(node.Span)).ToList();
        return body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.SpanStart > start && name.Identifier.ValueText == arguments.Name && IsAnswer(name)
            && !earlier.Any(known => known.SpanStart < name.SpanStart && IsOnTheWay(known, name)));
    }

    // CancelEventArgs.Cancel, HandledEventArgs.Handled, DoWorkEventArgs.Result, a deferral: whatever can be set, or asked for
    private static bool TakesAnswers(ITypeSymbol type)
    {
        var isOfEvent = false;
        var takes = false;
        for (ITypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            isOfEvent |= ConventionalNames.IsEventArgs(current.Name);
            takes |= current.TypeKind == TypeKind.Error
                || current.GetMembers().Any(member => !member.IsStatic && member.DeclaredAccessibility == Accessibility.Public
                && member is IPropertySymbol { SetMethod.IsInitOnly: false } or IFieldSymbol { IsReadOnly: false }
                or IMethodSymbol { MethodKind: MethodKind.Ordinary, IsOverride: false });
        }

        return isOfEvent && takes;
    }

    // e.Cancel = true, e.Column.Header = "…", e.GetDeferral(), base.OnClosing(e)
    private static bool IsAnswer(IdentifierNameSyntax name)
    {
        if (name.Parent is ArgumentSyntax) return true;
        ExpressionSyntax target = name;
        while (target.Parent is MemberAccessExpressionSyntax access && access.Expression == target) target = access;
        if (target == name) return false;
        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == target,
            InvocationExpressionSyntax => ((MemberAccessExpressionSyntax)target).Expression == name,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
                or PostfixUnaryExpressionSyntax => true,
            _ => false,
        };
    }

    // if (isNew) { await AddAsync(); return; } is on no way to what follows it
    private static bool IsOnTheWay(SyntaxNode known, SyntaxNode name) =>
        known.FirstAncestorOrSelf<BlockSyntax>() is not { } block || block.Span.Contains(name.Span);
}
