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

namespace AsyncGuard.Fixes.Blocking;

/// <summary><c>new TransactionScope()</c> → <c>new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)</c></summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TransactionWithoutFlowFix() : GuardFix(RuleTable.TransactionWithoutFlow)
{
    private const string Parameter = ParameterNames.AsyncFlowOption;

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation
            || fix.OperationOf(creation) is not IObjectCreationOperation operation)
            return null;
        if (fix.Guard.Types.TransactionScopeAsyncFlowOption is not { } option) return null;
        return new FixPlan("Let the transaction flow over 'await'", "AGD0110.Flow", all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(creation, current => WithFlow((BaseObjectCreationExpressionSyntax)current, operation));
            KnownImports.Add(option, edits, creation, fix);
        });
    }

    private static BaseObjectCreationExpressionSyntax WithFlow(BaseObjectCreationExpressionSyntax current,
        IObjectCreationOperation creation)
    {
        var enabled = ParseExpression("TransactionScopeAsyncFlowOption.Enabled");
        var list = current.ArgumentList?.Arguments ?? default;

        // new TransactionScope(TransactionScopeAsyncFlowOption.Suppress)
        for (var i = 0; i < creation.Arguments.Length && i < list.Count; i++)
        {
            if (creation.Arguments[i].Parameter?.Name == Parameter && creation.Arguments[i].ArgumentKind == ArgumentKind.Explicit)
                return current.WithArgumentList(
                    current.ArgumentList!.WithArguments(list.Replace(list[i],
                        list[i].WithExpression(enabled.WithTriviaFrom(list[i].Expression)))));
        }

        var argument = Argument(enabled);
        if (list.Any(known => known.NameColon is not null))
            argument = argument.WithNameColon(NameColon(IdentifierName(Parameter),
                Token(TriviaList(), SyntaxKind.ColonToken, TriviaList(Space))));
        if (current.ArgumentList is null)
        {
            var type = ((ObjectCreationExpressionSyntax)current).Type;
            return ((ObjectCreationExpressionSyntax)current).WithType(type.WithoutTrailingTrivia())
                .WithArgumentList(ArgumentList(SingletonSeparatedList(argument)).WithTrailingTrivia(type.GetTrailingTrivia()));
        }

        return current.WithArgumentList(current.ArgumentList.WithArguments(Appended(list, argument)));
    }

    private static SeparatedSyntaxList<ArgumentSyntax> Appended(SeparatedSyntaxList<ArgumentSyntax> list, ArgumentSyntax argument)
    {
        if (list.Count == 0) return SingletonSeparatedList(argument);
        var nodes = list.GetWithSeparators().Add(Token(TriviaList(), SyntaxKind.CommaToken, TriviaList(Space))).Add(argument);
        return SeparatedList<ArgumentSyntax>(nodes);
    }
}
