using AsyncGuard.Analysis.Cpu.Patterns;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// Finds by the syntax alone whether a body that names <c>Regex</c> may hold an expression that backtracks: a literal that repeats a
/// group, or something that may be a constant. Wrong only in favour of a closer look.
/// </summary>
internal static class PatternSyntax
{
    public static bool MayBacktrack(BodyNames body)
    {
        var node = body.Tree.GetRoot().FindNode(body.Span, getInnermostNodeForTie: true);
        return node switch
        {
            CompilationUnitSyntax => true,
            TypeDeclarationSyntax type => MayBacktrackWhenMade(type),
            _ => MayHold(node),
        };
    }

    private static bool MayBacktrackWhenMade(TypeDeclarationSyntax type)
    {
        if (type.BaseList is { } bases && MayHold(bases)) return true;
        foreach (var member in type.Members)
        {
            if (member is ConstructorDeclarationSyntax or FieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null }
                && MayHold(member))
                return true;
        }

        return false;
    }

    private static bool MayHold(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            var pattern = node switch
            {
                ObjectCreationExpressionSyntax { Type: var type, ArgumentList: { } arguments } when IsRegex(type) =>
                    PatternIn(arguments, 0),
                ImplicitObjectCreationExpressionSyntax { ArgumentList: var arguments } => PatternIn(arguments, 0),
                InvocationExpressionSyntax { Expression: var called, ArgumentList: var arguments } when MayMatch(called) =>
                    PatternIn(arguments, 1),
                AttributeSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } => arguments[0].Expression,
                _ => null,
            };
            if (pattern is not null && MayBacktrack(pattern)) return true;
        }

        return false;
    }

    private static bool IsRegex(ExpressionSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => IsRegex(qualified.Right),
        AliasQualifiedNameSyntax qualified => IsRegex(qualified.Name),
        MemberAccessExpressionSyntax access => IsRegex(access.Name),
        _ => type is SimpleNameSyntax { Identifier.ValueText: var name } && ApiTypes.Regex.IsNamed(name),
    };

    // Regex.IsMatch, or IsMatch after using static; the pattern of a match by an object stands where that is made
    private static bool MayMatch(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax { Expression: var type } => IsRegex(type),
        _ => called is SimpleNameSyntax { Identifier.ValueText: var name } && BacktrackingCall.IsMatch(name),
    };

    private static ExpressionSyntax? PatternIn(ArgumentListSyntax list, int place)
    {
        foreach (var argument in list.Arguments)
        {
            if (argument.NameColon is { Name.Identifier.ValueText: ParameterNames.Pattern }) return argument.Expression;
        }

        return list.Arguments.Count > place ? list.Arguments[place].Expression : null;
    }

    private static bool MayBacktrack(ExpressionSyntax pattern) =>
        TextOf(pattern) is { } text ? PatternAmbiguity.MayRepeatGroup(text) : MayBeConstant(pattern);

    // "(?<year>[0-9]+)" + "-" + "(?<month>[0-9]+)"
    private static string? TextOf(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        ParenthesizedExpressionSyntax inside => TextOf(inside.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum =>
            TextOf(sum.Left) is { } left && TextOf(sum.Right) is { } right ? left + right : null,
        _ => null,
    };

    private static bool MayBeConstant(ExpressionSyntax value)
    {
        switch (value)
        {
            case ParenthesizedExpressionSyntax inside:
                return MayBeConstant(inside.Expression);
            case BinaryExpressionSyntax both:
                return MayBeConstant(both.Left) && MayBeConstant(both.Right);
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                return !IsVariable(name, value);
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax or InvocationExpressionSyntax }:
            case InvocationExpressionSyntax or ElementAccessExpressionSyntax or BaseObjectCreationExpressionSyntax:
                return false;
            case InterpolatedStringExpressionSyntax text:
                foreach (var part in text.Contents)
                {
                    if (part is InterpolationSyntax { Expression: var inside } && !MayBeConstant(inside)) return false;
                }

                return true;
            default:
                return true;
        }
    }

    private static bool IsVariable(string name, SyntaxNode place)
    {
        for (var around = place.Parent; around is not null and not BaseTypeDeclarationSyntax; around = around.Parent)
        {
            var isDeclared = around switch
            {
                SimpleLambdaExpressionSyntax lambda => lambda.Parameter.Identifier.ValueText == name,
                ParenthesizedLambdaExpressionSyntax lambda => Declares(lambda.ParameterList, name),
                AnonymousMethodExpressionSyntax function => Declares(function.ParameterList, name),
                LocalFunctionStatementSyntax function => Declares(function.ParameterList, name),
                BaseMethodDeclarationSyntax method => Declares(method.ParameterList, name),
                ForEachStatementSyntax each => each.Identifier.ValueText == name,
                BlockSyntax block => Declares(block, name),
                _ => false,
            };
            if (isDeclared) return true;
        }

        return false;
    }

    private static bool Declares(ParameterListSyntax? list, string name)
    {
        if (list is null) return false;
        foreach (var parameter in list.Parameters)
        {
            if (parameter.Identifier.ValueText == name) return true;
        }

        return false;
    }

    private static bool Declares(BlockSyntax block, string name)
    {
        foreach (var statement in block.Statements)
        {
            if (statement is not LocalDeclarationStatementSyntax { IsConst: false } local) continue;
            foreach (var variable in local.Declaration.Variables)
            {
                if (variable.Identifier.ValueText == name) return true;
            }
        }

        return false;
    }
}
