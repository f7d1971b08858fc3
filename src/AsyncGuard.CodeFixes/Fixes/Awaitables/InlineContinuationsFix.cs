using System.Composition;
using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Awaitables;

/// <summary>
/// <c>new TaskCompletionSource()</c> → <c>new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class InlineContinuationsFix() : GuardFix(RuleTable.InlineContinuations)
{
    private const string Key = "AGD0401.RunContinuationsAsynchronously";
    private const string Option = "TaskCreationOptions.RunContinuationsAsynchronously";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } node
            || fix.OperationOf(node) is not IObjectCreationOperation creation)
            return null;
        var options =
            creation.Arguments.FirstOrDefault(
            argument => SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type,
                fix.Guard.Types.TaskCreationOptions))?.Syntax as ArgumentSyntax;
        // new TaskCompletionSource<int>(TaskContinuationOptions.None): the wrong enumeration, which is kept as the state
        options ??= creation.Arguments.FirstOrDefault(argument => IsWrongOption(argument, fix))?.Syntax as ArgumentSyntax;
        var index = options is null ? -1 : node.ArgumentList!.Arguments.IndexOf(options);
        return new FixPlan("Run continuations asynchronously", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(node, current => WithOption((BaseObjectCreationExpressionSyntax)current, index));
            KnownImports.Add(fix.Guard.Types.TaskCreationOptions, edits, node, fix);
        });
    }

    private static bool IsWrongOption(IArgumentOperation argument, FixContext fix) =>
        argument.Value is IConversionOperation { Operand.Type: { } wrong } && ApiTypes.TaskContinuationOptions.Is(wrong);

    private static BaseObjectCreationExpressionSyntax WithOption(BaseObjectCreationExpressionSyntax creation, int optionsAt)
    {
        var option = ParseExpression(Option);
        if (optionsAt >= 0)
        {
            var given = creation.ArgumentList!.Arguments[optionsAt];
            return creation.WithArgumentList(creation.ArgumentList.ReplaceNode(given.Expression, Combined(given.Expression, option)));
        }

        if (creation is ObjectCreationExpressionSyntax { ArgumentList: null } bare)
        {
            return bare.WithType(bare.Type.WithoutTrailingTrivia())
                .WithArgumentList(ArgumentList(SingletonSeparatedList(Argument(option))).WithTrailingTrivia(bare.Type.GetTrailingTrivia()));
        }

        var arguments = creation.ArgumentList!.Arguments;
        var added = Argument(option);
        if (arguments.Any(argument => argument.NameColon is not null))
            added = added.WithNameColon(NameColon(IdentifierName("creationOptions")).WithTrailingTrivia(Space));
        var items = arguments.GetWithSeparators();
        if (arguments.Count > 0) items = items.Add(Token(TriviaList(), SyntaxKind.CommaToken, TriviaList(Space)));
        return creation.WithArgumentList(creation.ArgumentList.WithArguments(SeparatedList<ArgumentSyntax>(items.Add(added))));
    }

    // TaskCreationOptions.None is replaced, anything else joined.
    private static ExpressionSyntax Combined(ExpressionSyntax given, ExpressionSyntax option)
    {
        if ((given is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var named } && TaskMembers.NoOption.IsNamed(named))
            || (given is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var type } }
            && ApiTypes.TaskContinuationOptions.IsNamed(type))
            || given.IsKind(SyntaxKind.DefaultLiteralExpression) || given is DefaultExpressionSyntax)
            return option.WithTriviaFrom(given);
        var bar = Token(TriviaList(Space), SyntaxKind.BarToken, TriviaList(Space));
        var left = BindsWeaker(given) ? ParenthesizedExpression(given.WithoutTrivia()).WithLeadingTrivia(given.GetLeadingTrivia())
            : given.WithoutTrailingTrivia();
        return BinaryExpression(SyntaxKind.BitwiseOrExpression, left, bar, option.WithTrailingTrivia(given.GetTrailingTrivia()));
    }

    // cond ? a : b
    private static bool BindsWeaker(ExpressionSyntax given) =>
        given is ConditionalExpressionSyntax or AssignmentExpressionSyntax
        or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression };
}
