using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// What a call receives, where the call starts later, on another thread: a value that changes meanwhile would be another one.
/// <code>for (var i = 0; i &lt; 3; i++) _ = SendAsync(i);      _ = SendAsync(_next++);      _ = SendAsync(_row);</code>
/// </summary>
internal static class ReadLater
{
    public static bool MayDiffer(ExpressionSyntax call, FixContext fix) =>
        call.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax).OfType<ArgumentSyntax>()
        .SelectMany(argument => argument.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax))
        .Any(node => Changes(node, fix));

    private static bool Changes(SyntaxNode node, FixContext fix) => node switch
    {
        PostfixUnaryExpressionSyntax step => !step.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        PrefixUnaryExpressionSyntax step =>
            step.IsKind(SyntaxKind.PreIncrementExpression) || step.IsKind(SyntaxKind.PreDecrementExpression),
        InvocationExpressionSyntax inner => inner.Expression is not IdentifierNameSyntax { Identifier.ValueText: "nameof" },
        IdentifierNameSyntax name => fix.Model.GetSymbolInfo(name, fix.CancellationToken).Symbol switch
        {
            ILocalSymbol { IsConst: false } local => IsWritten(local, name),
            IParameterSymbol parameter => IsWritten(parameter, name),
            IFieldSymbol field => !field.IsReadOnly && !field.IsConst,
            _ => false,
        },
        _ => false,
    };

    // What only its declaration gives a value is the same whenever it is read; foreach declares it anew for each item.
    private static bool IsWritten(ISymbol variable, SyntaxNode place)
    {
        SyntaxNode? function = EnclosingFunction.Of(place);
        while (function is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            function = EnclosingFunction.Of(function) ?? function.Parent;
        return (function ?? place.SyntaxTree.GetRoot()).DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax { Left: var target } => IsNamed(target, variable.Name),
            PostfixUnaryExpressionSyntax { Operand: var target } step when !step.IsKind(SyntaxKind.SuppressNullableWarningExpression) =>
                IsNamed(target, variable.Name),
            PrefixUnaryExpressionSyntax { Operand: var target } step
                when step.IsKind(SyntaxKind.PreIncrementExpression) || step.IsKind(SyntaxKind.PreDecrementExpression) =>
                IsNamed(target, variable.Name),
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword, Expression: var target } =>
                IsNamed(target, variable.Name),
            _ => false,
        });
    }

    private static bool IsNamed(ExpressionSyntax target, string name) => target switch
    {
        IdentifierNameSyntax written => written.Identifier.ValueText == name,
        TupleExpressionSyntax several => several.Arguments.Any(one => IsNamed(one.Expression, name)),
        _ => false,
    };
}
