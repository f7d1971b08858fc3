using System.Collections.Generic;
using System.Composition;
using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Limits;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Structured;

/// <summary>A task for each item → <c>TaskGroup.ForEachAsync</c> with a limit, a group with one, or <c>Parallel.ForEachAsync</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnboundedFanOutFix() : GuardFix(RuleTable.UnboundedFanOut)
{
    private const string Limit = "MaxConcurrency = 100";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(
            call => call.Span == fix.Diagnostic.Location.SourceSpan) is not { } start)
            yield break;

        if (LimitedSelect.For(start, fix) is { } select)
            yield return new FixPlan(Title(select.IsGroup), "AGD0211.ForEachAsync", all => select.Record(all, fix));
        if (LimitedStatement.For(start, fix) is { } loop)
            yield return new FixPlan(Title(loop.IsGroup), "AGD0211.ForEachAsync", all => loop.Record(all, fix));
        if (WithLimit(start, fix) is { } limited) yield return limited;
        foreach (var plan in GroupPlans(start, fix)) yield return plan;
    }

    private static string Title(bool isGroup) =>
        isGroup ? "Run so many at once with 'TaskGroup.ForEachAsync'" : "Run so many at once with 'Parallel.ForEachAsync'";

    // TaskGroup.ForEachAsync(rows, SendAsync)  →  TaskGroup.ForEachAsync(rows, SendAsync, maxConcurrency: Environment.ProcessorCount)
    private static FixPlan? WithLimit(InvocationExpressionSyntax call, FixContext fix)
    {
        if (fix.Model.GetSymbolInfo(call, fix.CancellationToken).Symbol is not IMethodSymbol method
            || !GroupMembers.Loop.Is(method))
            return null;
        return new FixPlan("Run so many at once", "AGD0211.MaxConcurrency", all =>
        {
            var edits = all.In(fix.Document.Id);
            var limit = Argument(ParseExpression("Environment.ProcessorCount"))
                .WithNameColon(NameColon(IdentifierName("maxConcurrency"))
                .WithColonToken(Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space)));
            edits.Replace(call,
                current => current is InvocationExpressionSyntax one
                    ? one.WithArgumentList(one.ArgumentList.Arguments.Count > 2 ? ArgumentLists.Insert(one.ArgumentList, 2, limit)
                    : ArgumentLists.Append(one.ArgumentList, limit)) : current);
            KnownImports.Add(fix.Guard.Types.Environment, edits, call, fix);
        });
    }

    // while (true) _ = HandleAsync(await AcceptAsync());  →  in a group that has room for so many
    private static IEnumerable<FixPlan> GroupPlans(InvocationExpressionSyntax start, FixContext fix)
    {
        if (start.Ancestors()
            .TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax))
            .FirstOrDefault(LoopBodies.IsLoop) is not StatementSyntax loop)
            return [];
        var whole = ConfiguredTask.Around(NullConditional.WholeOf(start));

        // The failures of discarded tasks were not observed: one of them must not end the others now.
        var isDiscarded = whole.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } };
        if (!isDiscarded && whole.Parent is not ArgumentSyntax) return [];
        var options = $"new TaskGroupOptions {{ {Limit}{(isDiscarded ? ", Policy = TaskGroupPolicy.Supervise" : "")} }}";
        SyntaxNode place = isDiscarded && !IsHeldInside(whole, loop) ? loop : whole;
        return Grouping.Plans([(whole, place)], removed: null, "Run them in a task group with a limit", "AGD0211.Group", fix,
            new LimitedStart(loop, options));
    }

    // A try inside of the loop is left by each pass, but not by the tasks that it starts: the limit is one for all passes. What a pass
    // locks or disposes stays its own.
    private static bool IsHeldInside(SyntaxNode start, StatementSyntax loop) =>
        start.Ancestors().TakeWhile(node => node != loop)
        .Any(node => node is UsingStatementSyntax or LockStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax
        or CheckedStatementSyntax or CatchClauseSyntax or FinallyClauseSyntax);
}
