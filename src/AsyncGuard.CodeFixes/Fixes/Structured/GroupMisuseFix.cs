using System.Composition;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>var scope = TaskGroup.Open();</c> → <c>await using var scope = …</c> with <c>await scope.JoinAsync();</c> at the end, and
/// <c>group.Start(_ => LoadAsync(id))</c> → <c>group.Start(ct => LoadAsync(id, ct))</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GroupMisuseFix() : GuardFix(RuleTable.GroupMisuse)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        switch (fix.Node)
        {
            case ParameterSyntax parameter:
                return ChildToken.For(parameter, fix) is { } token
                    ? new FixPlan("Pass the child's token", "AGD0213.PassToken", all => token.Record(all.In(fix.Document.Id))) : null;

            case InvocationExpressionSyntax opening:
                return ScopeEnd.For(opening, fix) is { } end
                    ? new FixPlan(end.IsUsing ? "Open it with 'await using'" : "Join it at the end", "AGD0213.End",
                    all => end.Record(all.In(fix.Document.Id))) : null;

            default:
                return null;
        }
    }
}
