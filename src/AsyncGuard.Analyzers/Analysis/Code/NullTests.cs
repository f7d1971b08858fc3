using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>Whether callers look whether a function gave them null. Read from the text of its type: asked only before a report.</summary>
internal static class NullTests
{
    // if (TryStart() is { } task) await task; var task = Flush(); if (task != null) …; Flush()?.Wait()
    public static bool AreMadeOf(IMethodSymbol function, IOperation? lambda)
    {
        var declarations = function.ContainingType.DeclaringSyntaxReferences;
        if (function.MethodKind != MethodKind.AnonymousFunction)
            return AreMadeOf(function.AssociatedSymbol?.Name ?? function.Name, declarations, []);

        // Func<Task> next = () => null; and what a method of the project receives, and calls
        for (var around = lambda?.Parent; around is IConversionOperation or IDelegateCreationOperation or IArgumentOperation;
            around = around.Parent)
        {
            if (around is IArgumentOperation { Parameter: { } parameter })
                return AreMadeOf(parameter.Name, parameter.ContainingSymbol.DeclaringSyntaxReferences, []);
        }

        return lambda is not null && NameOf(lambda.Syntax) is { } name && AreMadeOf(name, declarations, []);
    }

    private static bool AreMadeOf(string name, IEnumerable<SyntaxReference> declarations, HashSet<string> seen)
    {
        if (!seen.Add(name)) return false;
        foreach (var reference in declarations)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                if (node is not IdentifierNameSyntax called || called.Identifier.ValueText != name) continue;
                var whole = Whole(called);
                if (IsTested(whole)) return true;
                if (whole.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax && NameOfFunction(whole) is { } outer
                    && AreMadeOf(outer, declarations, seen))
                    return true;
            }
        }

        return false;
    }

    // What the lambda is kept in
    private static string? NameOf(SyntaxNode lambda) => lambda.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax kept } => kept.Identifier.ValueText,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax kept } => kept.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax kept } => kept.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax kept } => kept.Name.Identifier.ValueText,
        _ => null,
    };

    // Code that passes the value on
    private static string? NameOfFunction(SyntaxNode value) => value.Ancestors().FirstOrDefault(node =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) switch
    {
        AnonymousFunctionExpressionSyntax function => NameOf(function),
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => null,
    };

    // Flush, this.Flush(), _next.Invoke(), (Task?)Flush(a, b)
    private static ExpressionSyntax Whole(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression.Parent)
            {
                case MemberAccessExpressionSyntax access
                    when access.Name == expression || access.Name.Identifier.ValueText == WellKnownMemberNames.DelegateInvokeName:
                    expression = access;
                    break;
                case GenericNameSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax
                    or PostfixUnaryExpressionSyntax:
                    expression = (ExpressionSyntax)expression.Parent;
                    break;

                // next?.Invoke() and owner?.Flush()
                case MemberBindingExpressionSyntax
                {
                    Parent: InvocationExpressionSyntax { Parent: ConditionalAccessExpressionSyntax access }
                }:
                    expression = access;
                    break;
                default:
                    return expression;
            }
        }
    }

    private static bool IsTested(ExpressionSyntax expression) => expression.Parent switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison =>
            comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) || comparison.Right.IsKind(SyntaxKind.NullLiteralExpression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => choice.Left == expression,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } choice when choice.Left == expression =>
            true,
        IsPatternExpressionSyntax or SwitchExpressionSyntax or SwitchStatementSyntax => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => IsTest(call),
        ConditionalAccessExpressionSyntax access => access.Expression == expression,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax kept } => IsTestedAsLocal(kept.Identifier.ValueText, kept),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax kept } assignment when kept != expression =>
            IsTestedAsLocal(kept.Identifier.ValueText, kept) || IsTested(Whole(assignment)),
        _ => false,
    };

    // ReferenceEquals(task, null), Equals(task, null), ArgumentNullException.ThrowIfNull(task)
    private static bool IsTest(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        SimpleNameSyntax name => name,
        _ => null,
    }
    is { Identifier.ValueText: var called } && WellKnownMember.TestsForNull(called);

    private static bool IsTestedAsLocal(string name, SyntaxNode declared)
    {
        if (declared.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member) return false;
        foreach (var node in member.DescendantNodes())
        {
            if (node is IdentifierNameSyntax used && used.Identifier.ValueText == name
                && used.Parent is not (EqualsValueClauseSyntax or MemberAccessExpressionSyntax)
                && !(used.Parent is AssignmentExpressionSyntax assignment && assignment.Right == used)
                && IsTested(used))
                return true;
        }

        return false;
    }
}
