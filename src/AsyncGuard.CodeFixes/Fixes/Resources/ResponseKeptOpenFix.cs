using System.Composition;
using AsyncGuard.Analysis.Lifetimes;
using AsyncGuard.Editing.Lifetimes;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Resources;

/// <summary><c>var response = await client.GetAsync(…);</c> → <c>using var response = …;</c></summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ResponseKeptOpenFix() : GuardFix(RuleTable.ResponseKeptOpen)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(
            node => node.Span == fix.Diagnostic.Location.SourceSpan) is not { } node
            || fix.OperationOf(node) is not IInvocationOperation call)
            return null;
        if (OpenResponse.Of(call, fix.Guard) is not { StaysHere: true }) return null;
        if (node.FirstAncestorOrSelf<StatementSyntax>() is not LocalDeclarationStatementSyntax
            {
                Declaration.Variables.Count: 1,
                Parent: BlockSyntax
            } declaration)
            return null;
        return new FixPlan("Declare it with 'using'", "AGD0506.Using",
            all => all.In(fix.Document.Id).Replace(declaration, current => AddUsing.To((LocalDeclarationStatementSyntax)current)));
    }
}
