using System;
using System.Globalization;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Names.Loops;

/// <summary>How often a loop runs, as far as its syntax says.</summary>
internal static class LoopPasses
{
    /// <summary>
    /// The passes of a loop that a constant may end: the number where it is written, very many where it is not, none where data ends it.
    /// </summary>
    public static double Of(SyntaxNode loop, SyntaxNode around) => loop switch
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
        InvocationExpressionSyntax =>
            LoopParts.Mentions(items, static name => SequenceMembers.Generated.IsNamed(name)) ? double.MaxValue : 0,
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
}
