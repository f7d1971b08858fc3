using System.Composition;
using AsyncGuard.Editing;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Blocking;

/// <summary><c>Load(path)</c> → <c>await Task.Run(() => Load(path), token)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IndirectBlockingFix() : GuardFix(RuleTable.IndirectBlocking)
{
    private const string Key = "AGD0105.Offload";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait) || MovedFor(fix) is not { } node || Offload.For(node, fix) is not { } offload) return null;
        return new FixPlan("Run on the thread pool and await", Key, all => offload.Record(all, fix));
    }

    // What an iterator does, it does in the loop; what is assigned moves with its value; a variable is only where a conversion stands unseen.
    private static ExpressionSyntax? MovedFor(FixContext fix) => fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() switch
    {
        { Parent: CommonForEachStatementSyntax loop } node when loop.Expression == node => null,
        { Parent: AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment } node when assignment.Left == node => assignment,
        { Parent: ConditionalAccessExpressionSyntax { Parent: not ConditionalAccessExpressionSyntax } access } node when access.WhenNotNull == node => access,
        { } node when fix.OperationOf(node) is IMethodReferenceOperation or IEventAssignmentOperation or ILocalReferenceOperation or IParameterReferenceOperation or null => null,
        var node => node,
    };
}
