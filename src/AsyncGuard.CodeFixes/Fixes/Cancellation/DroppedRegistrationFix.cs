using System.Collections.Generic;
using System.Composition;
using System.Linq;
using AsyncGuard.Editing.Lifetimes;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// <c>token.Register(…);</c> → <c>using var registration = token.Register(…);</c> before an await; in a constructor a field that
/// <c>Dispose</c> disposes.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DroppedRegistrationFix() : GuardFix(RuleTable.DroppedRegistration)
{
    // One key, so that Fix All fixes both kinds.
    private const string Key = "AGD0308.Dispose";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (CallOf(fix.Node) is not { } call
            || call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
            return null;
        if (statement is ExpressionStatementSyntax single
            && statement.Parent is BlockSyntax { Parent: ConstructorDeclarationSyntax constructor })
            return KeptField.For(single, call, constructor, fix) is { } field
                ? new FixPlan("Keep the registration and dispose it with the object", Key, all => field.Record(all, fix)) : null;
        if (((CSharpParseOptions)fix.Root.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8 || !AwaitFollows(statement))
            return null;

        const string title = "Dispose the registration with 'using'";
        return statement switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration =>
                new FixPlan(title, Key,
                all => all.In(fix.Document.Id).Replace(declaration, current => AddUsing.To((LocalDeclarationStatementSyntax)current))),
            ExpressionStatementSyntax { Expression: var expression }
                when CallOf(expression) == call && FreeName.At(statement, fix, "registration", "cancellation", "onCanceled") is { } name =>
                new FixPlan(title, Key,
                all => all.In(fix.Document.Id).Replace(statement, current => AddUsing.Around((ExpressionStatementSyntax)current, name))),
            _ => null,
        };
    }

    // token.Register(…), token?.Register(…)
    private static InvocationExpressionSyntax? CallOf(SyntaxNode reported) =>
        reported is ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax call } ? call
        : reported.FirstAncestorOrSelf<InvocationExpressionSyntax>();

    // What ends with the block is disposed there: the work has to be awaited in it.
    private static bool AwaitFollows(StatementSyntax statement) =>
        StatementList.ListOf(statement) is { } list
        && StatementList.In(list).SkipWhile(other => other != statement).Skip(1)
        .Any(next => Own(next).Any(node => node is AwaitExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }));

    private static IEnumerable<SyntaxNode> Own(SyntaxNode code) =>
        code.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));
}
