using System;
using System.Collections.Generic;
using System.Globalization;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Tells by the syntax alone whether code may loop for long: through constants that multiply, or through three levels of data that do not
/// depend on one another.
/// Wrong only in favour of a closer look.
/// </summary>
internal static class LoopSyntax
{
    private const double Many = 100;
    private const int ManyNested = 3;

    public static bool MayBeLong(SyntaxNode code) => MayBeLong(code, 1);

    private static bool MayBeLong(SyntaxNode code, double passes)
    {
        foreach (var child in code.ChildNodes())
        {
            var inside = passes;
            if (BodyOf(child) is { } body)
            {
                if (Suspends(body)) inside = 1;
                else if (!HasWayOut(body, child))
                {
                    inside *= Math.Max(1, CountOf(child, code));
                    if (inside >= Many || Depth(child, child) >= ManyNested) return true;
                }
            }

            if (MayBeLong(child, inside)) return true;
        }

        return false;
    }

    private static StatementSyntax? BodyOf(SyntaxNode node) => node switch
    {
        ForStatementSyntax loop => loop.Statement,
        CommonForEachStatementSyntax loop => loop.Statement,
        WhileStatementSyntax loop => loop.Statement,
        DoStatementSyntax loop => loop.Statement,
        _ => null,
    };

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    private static bool Suspends(SyntaxNode code)
    {
        foreach (var child in code.DescendantNodesAndSelf(node => !IsFunction(node)))
        {
            if (child is AwaitExpressionSyntax or YieldStatementSyntax) return true;
        }

        return false;
    }

    // if (token.IsCancellationRequested) break; ends none that has not run
    private static bool HasWayOut(SyntaxNode code, SyntaxNode loop)
    {
        switch (code)
        {
            case ReturnStatementSyntax or GotoStatementSyntax:
                return true;
            case BreakStatementSyntax:
                return ReferenceEquals(LeftBy(code), loop);
            case IfStatementSyntax { Else: null, Condition: var condition }
                when Mentions(condition, static name => CancellationMembers.IsCancellationRequested.IsNamed(name)):
                return false;
        }

        if (IsFunction(code)) return false;
        foreach (var child in code.ChildNodes())
        {
            if (HasWayOut(child, loop)) return true;
        }

        return false;
    }

    private static SyntaxNode? LeftBy(SyntaxNode jump)
    {
        var around = jump.Parent;
        while (around is not null && around is not SwitchStatementSyntax && BodyOf(around) is null) around = around.Parent;
        return around;
    }

    /// <summary>
    /// The passes of a loop that a constant may end: the number where it is written, very many where it is not, none where data ends it.
    /// </summary>
    private static double CountOf(SyntaxNode loop, SyntaxNode around) => loop switch
    {
        ForStatementSyntax { Condition: { } condition } => BoundOf(condition, around),
        WhileStatementSyntax { Condition: var condition } => BoundOf(condition, around),
        DoStatementSyntax { Condition: var condition } => BoundOf(condition, around),
        ForEachStatementSyntax { Expression: var items } => ItemsOf(items, around),
        _ => 0,
    };

    private static double BoundOf(ExpressionSyntax condition, SyntaxNode around) => condition switch
    {
        ParenthesizedExpressionSyntax parenthesized => BoundOf(parenthesized.Expression, around),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both =>
            Math.Max(BoundOf(both.Left, around), BoundOf(both.Right, around)),
        BinaryExpressionSyntax comparison => Math.Max(NumberOf(comparison.Left, around), NumberOf(comparison.Right, around)),
        _ => 0,
    };

    private static double ItemsOf(ExpressionSyntax items, SyntaxNode around) => items switch
    {
        InvocationExpressionSyntax => Mentions(items, static name => SequenceMembers.Generated.IsNamed(name)) ? double.MaxValue : 0,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.Count,
        _ => LengthOf(items, around),
    };

    // The array may be a read-only field of an object.
    private static double LengthOf(ExpressionSyntax array, SyntaxNode around) => array switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => MayBeConstant(name) ? double.MaxValue : 0,
        IdentifierNameSyntax { Identifier.ValueText: var name } when MayBeConstant(name) => double.MaxValue,
        _ => NumberOf(array, around),
    };

    private static double NumberOf(ExpressionSyntax value, SyntaxNode around)
    {
        switch (value)
        {
            case LiteralExpressionSyntax { Token.Value: { } literal and not (string or char or bool) }:
                return Convert.ToDouble(literal, CultureInfo.InvariantCulture);
            case LiteralExpressionSyntax { Token.Value: string text }:
                return text.Length;
            case ParenthesizedExpressionSyntax parenthesized:
                return NumberOf(parenthesized.Expression, around);
            case CastExpressionSyntax cast:
                return NumberOf(cast.Expression, around);
            case BinaryExpressionSyntax computed:
                return Math.Min(NumberOf(computed.Left, around), NumberOf(computed.Right, around)) > 0 ? double.MaxValue : 0;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var property, Expression: var array }
                when CollectionNames.IsLength(property):
                return LengthOf(array, around);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var property } when CollectionNames.IsCount(property):
                return 0;
            case MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: var name }:
                return MayBeConstant(name) && MayBeType(type) ? double.MaxValue : 0;
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                return (MayBeConstant(name) && !IsOfObject(name, value)) || IsGivenNumber(name, around) ? double.MaxValue : 0;
            case ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax:
                return double.MaxValue;
            default:
                return 0;
        }
    }

    private static bool MayBeConstant(string name) => name.Length > 0 && (char.IsUpper(name[0]) || name[0] == '_');

    // Limits.Rows, int.MaxValue, not order.Rows
    private static bool MayBeType(ExpressionSyntax value) => value switch
    {
        SimpleNameSyntax { Identifier.ValueText: { Length: > 0 } name } => !char.IsLower(name[0]),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => MayBeConstant(name),
        _ => value is PredefinedTypeSyntax or AliasQualifiedNameSyntax,
    };

    // Whether it is seen to be a field or a property of an object, which is no constant.
    private static bool IsOfObject(string name, SyntaxNode place)
    {
        for (var around = place.Parent; around is not null; around = around.Parent)
        {
            if (around is not TypeDeclarationSyntax type) continue;
            foreach (var member in type.Members)
            {
                if (Declares(member, name))
                    return !member.Modifiers.Any(SyntaxKind.StaticKeyword) && !member.Modifiers.Any(SyntaxKind.ConstKeyword);
            }

            // It may be declared in a base, or in another part.
            if (type.BaseList is not null || type.Modifiers.Any(SyntaxKind.PartialKeyword)) return false;
        }

        return false;
    }

    private static bool Declares(MemberDeclarationSyntax member, string name)
    {
        if (member is PropertyDeclarationSyntax property)
            return property.ExplicitInterfaceSpecifier is null && property.Identifier.ValueText == name;
        if (member is not FieldDeclarationSyntax field) return false;
        foreach (var variable in field.Declaration.Variables)
        {
            if (variable.Identifier.ValueText == name) return true;
        }

        return false;
    }

    // var count = 1000; the counter of a loop around is one too
    private static bool IsGivenNumber(string name, SyntaxNode around)
    {
        for (var scope = around; scope is not null and not MemberDeclarationSyntax; scope = scope.Parent)
        {
            foreach (var child in scope.ChildNodes())
            {
                var declaration = child switch
                {
                    LocalDeclarationStatementSyntax local => local.Declaration,
                    VariableDeclarationSyntax variables => variables,
                    _ => null,
                };
                if (declaration is null) continue;
                foreach (var variable in declaration.Variables)
                {
                    if (variable.Identifier.ValueText == name)
                        return variable.Initializer is { Value: var value }
                            && !(value is IdentifierNameSyntax same && same.Identifier.ValueText == name) && NumberOf(value, scope) > 0;
                }
            }
        }

        return false;
    }

    /// <summary>How many loops over data are nested, each over something that is not found in an outer one.</summary>
    private static int Depth(SyntaxNode loop, SyntaxNode outermost)
    {
        if (!IsOverData(loop) || HasWayOut(BodyOf(loop)!, loop)) return 0;
        if (loop != outermost && DependsOn(loop, outermost)) return 0;
        var deepest = 0;
        foreach (var inner in Inner(BodyOf(loop)!)) deepest = Math.Max(deepest, Depth(inner, outermost));
        return deepest + 1;
    }

    private static bool IsOverData(SyntaxNode loop) => loop switch
    {
        ForStatementSyntax { Condition: { } condition } => IsUpToSize(condition),
        CommonForEachStatementSyntax each => each.AwaitKeyword.RawKind == 0,
        _ => false,
    };

    private static bool IsUpToSize(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsUpToSize(parenthesized.Expression),
        BinaryExpressionSyntax comparison => IsSize(comparison.Left) || IsSize(comparison.Right),
        _ => false,
    };

    // rows.Count, rows.Length - 1, n where it is a parameter
    private static bool IsSize(ExpressionSyntax side) => side switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsSize(parenthesized.Expression),
        CastExpressionSyntax cast => IsSize(cast.Expression),
        CheckedExpressionSyntax inside => IsSize(inside.Expression),
        PostfixUnaryExpressionSyntax suppressed => IsSize(suppressed.Operand),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference => IsSize(difference.Left),
        InvocationExpressionSyntax call => IsNameOfSize(call.Expression),
        IdentifierNameSyntax { Identifier.ValueText: var name } => CollectionNames.IsSize(name) || IsParameter(name, side),
        _ => IsNameOfSize(side),
    };

    private static bool IsNameOfSize(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => CollectionNames.Counts(name),
        ConditionalAccessExpressionSyntax => true,
        SimpleNameSyntax { Identifier.ValueText: var name } => CollectionNames.IsCountOrGetLength(name),
        _ => false,
    };

    private static bool IsParameter(string name, SyntaxNode place)
    {
        if (name == "value") return true;
        for (var around = place.Parent; around is not null and not BaseNamespaceDeclarationSyntax; around = around.Parent)
        {
            if (around is StatementSyntax and not LocalFunctionStatementSyntax) continue;
            foreach (var child in around.ChildNodes())
            {
                if (child is ParameterSyntax { Identifier.ValueText: var single } && single == name) return true;
                if (child is not BaseParameterListSyntax list) continue;
                foreach (var parameter in list.Parameters)
                {
                    if (parameter.Identifier.ValueText == name) return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<SyntaxNode> Inner(SyntaxNode code)
    {
        if (BodyOf(code) is not null)
        {
            yield return code;
            yield break;
        }

        if (IsFunction(code)) yield break;
        foreach (var child in code.ChildNodes())
        {
            foreach (var inner in Inner(child)) yield return inner;
        }
    }

    private static bool DependsOn(SyntaxNode inner, SyntaxNode outermost)
    {
        switch (inner)
        {
            case CommonForEachStatementSyntax { Expression: var items }:
                return Mentions(items, name => IsDeclaredIn(name, outermost, inner));
            case ForStatementSyntax { Condition: BinaryExpressionSyntax comparison }:
                return IsFound(comparison.Left, inner, outermost) || IsFound(comparison.Right, inner, outermost);
            default:
                return false;
        }
    }

    // i < row.Cells.Count, where the row is what an outer loop has reached
    private static bool IsFound(ExpressionSyntax side, SyntaxNode inner, SyntaxNode outermost) =>
        side is MemberAccessExpressionSyntax or InvocationExpressionSyntax && Mentions(side, name => IsDeclaredIn(name, outermost, inner));

    private static bool Mentions(SyntaxNode code, Func<string, bool> matches)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax name && matches(name.Identifier.ValueText)) return true;
        }

        return false;
    }

    private static bool IsDeclaredIn(string name, SyntaxNode outermost, SyntaxNode inner)
    {
        foreach (var node in outermost.DescendantNodesAndSelf(node => node != inner))
        {
            var declared = node switch
            {
                ForEachStatementSyntax each when each != inner => each.Identifier,
                VariableDeclaratorSyntax variable => variable.Identifier,
                SingleVariableDesignationSyntax variable => variable.Identifier,
                _ => default,
            };
            if (declared.RawKind != 0 && declared.ValueText == name) return true;
        }

        return false;
    }
}
