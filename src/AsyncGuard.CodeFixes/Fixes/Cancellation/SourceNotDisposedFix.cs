using System.Composition;
using System.Linq;
using AsyncGuard.Editing.Lifetimes;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>var source = …;</c> → <c>using var source = …;</c>; a source without a name gets one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SourceNotDisposedFix() : GuardFix(RuleTable.SourceNotDisposed)
{
    private const string Title = "Dispose the source with 'using'";
    private const string Key = "AGD0307.Using";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.HasHint(FixHints.Outlives) || fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } creation) return null;
        if (((CSharpParseOptions)fix.Root.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8) return null;
        return creation.Parent is MemberAccessExpressionSyntax token && token.Expression == creation ? Named(creation, fix)
            : Declared(creation, fix);
    }

    // var source = new CancellationTokenSource(1000);
    private static FixPlan? Declared(ExpressionSyntax creation, FixContext fix)
    {
        if (creation.FirstAncestorOrSelf<StatementSyntax>() is not LocalDeclarationStatementSyntax
            {
                Declaration.Variables.Count: 1,
                UsingKeyword.RawKind: 0
            } declaration)
            return null;
        return declaration.Parent is BlockSyntax or GlobalStatementSyntax
            ? new FixPlan(Title, Key,
            all => all.In(fix.Document.Id).Replace(declaration, current => AddUsing.To((LocalDeclarationStatementSyntax)current)))
            : null;
    }

    // await LoadAsync(new CancellationTokenSource(1000).Token);
    private static FixPlan? Named(ExpressionSyntax creation, FixContext fix)
    {
        if (StatementList.StatementAround(creation) is not ({ Parent: BlockSyntax }
            and (ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax) and var statement))
            return null;
        if (!EndsInside(creation, statement) || FreeName.At(statement, fix, "source", "cancellation", "timeout") is not { } name)
            return null;
        return new FixPlan(Title, Key, all => AddUsing.Before(statement, creation, name, all.In(fix.Document.Id)));
    }

    // What receives the token is awaited in the same statement.
    private static bool EndsInside(ExpressionSyntax creation, StatementSyntax statement)
    {
        var inner = creation.Ancestors().TakeWhile(node => node != statement).ToList();
        return inner.Any(node => node is AwaitExpressionSyntax)
            && !inner.Any(
            node => node is AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax or ConditionalExpressionSyntax);
    }
}
