using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>Task.Factory.StartNew(async () => …)</c> → <c>Task.Run(async () => …)</c>; any other task of a task → <c>.Unwrap()</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NestedTaskFix() : GuardFix(RuleTable.NestedTask)
{
    private protected override async Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } start
            || fix.OperationOf(start) is not IInvocationOperation call)
            return [];
        // await Task.Factory.StartNew(async () => { while (true) … }) goes on once the loop has begun
        if (IsWaitedFor(start) && (EndlessWork.Is(call, fix.Guard)
            || await WorkElsewhere.IsEndlessAsync(start, isDeliberate: false, fix).ConfigureAwait(false)))
            return [];
        return Plan(start, call, fix) is { } plan ? [plan] : [];
    }

    private static FixPlan? Plan(InvocationExpressionSyntax start, IInvocationOperation call, FixContext fix)
    {
        if (Arguments(start, call, fix) is { } arguments)
        {
            return new FixPlan("Use 'Task.Run'", "AGD0209.Run",
                all => all.In(fix.Document.Id).Replace(start, current => Run((InvocationExpressionSyntax)current, arguments)));
        }

        // group.Start(async ct => { …; return SendAsync(); }); the group waits for its child, not for what comes out of Unwrap
        if (NestedTaskUse.IsDropped(call)) return null;
        return new FixPlan("Add '.Unwrap()'", "AGD0209.Unwrap", all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(start,
                current => InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression,
                    ((ExpressionSyntax)current).WithoutTrailingTrivia(), IdentifierName("Unwrap")))
                    .WithTrailingTrivia(current.GetTrailingTrivia()));
            KnownImports.AddTask(edits, start, fix);
        });
    }

    // Awaited, returned to a caller that may await it, or kept in a local that is.
    private static bool IsWaitedFor(ExpressionSyntax start)
    {
        for (SyntaxNode? around = start; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case AwaitExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                    return true;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.ExpressionBody?.Span.Contains(start.Span) == true;
                case VariableDeclaratorSyntax { Identifier.ValueText: var name } variable:
                    return EnclosingFunction.Of(variable)?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use =>
                        use.Identifier.ValueText == name
                        && use.Ancestors().TakeWhile(node => node is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax
                            or ReturnStatementSyntax)
                            .Any(node => node is AwaitExpressionSyntax or ReturnStatementSyntax)) == true;
                case StatementSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>
    /// Which arguments of <c>StartNew</c> go to <c>Task.Run</c>: the work and the token. Null where a state, a scheduler or an attached
    /// child says something that it cannot.
    /// </summary>
    private static int[]? Arguments(InvocationExpressionSyntax start, IInvocationOperation call, FixContext fix)
    {
        if (!TaskMembers.StartNew.Is(call.TargetMethod) || !TaskMembers.Factory.IsUse(call.Instance)
            || start.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
            return null;
        if (call.TargetMethod.Parameters[0].Type is not INamedTypeSymbol { DelegateInvokeMethod.Parameters.Length: 0 }) return null;
        var token = -1;
        foreach (var argument in call.Arguments.Where(argument => argument.Parameter!.Ordinal > 0))
        {
            if (fix.Guard.Tokens.IsToken(argument.Value.Type)) token = argument.Parameter!.Ordinal;
            else if (!IsPlain(argument.Value)) return null;
        }

        return token < 0 ? [0] : [0, token];
    }

    // TaskCreationOptions.LongRunning means nothing to work that awaits; TaskScheduler.Default is the pool
    private static bool IsPlain(IOperation argument) =>
        TaskMembers.DefaultScheduler.IsUse(argument) || TaskMembers.PlainOption.IsUse(argument);

    private static InvocationExpressionSyntax Run(InvocationExpressionSyntax current, int[] kept)
    {
        // Task.Factory.StartNew(…), with what it is written with: System.Threading.Tasks.Task, comments
        var startNew = (MemberAccessExpressionSyntax)current.Expression;
        var factory = (MemberAccessExpressionSyntax)startNew.Expression;
        var task = factory.Expression;
        if (task is GenericNameSyntax) task = IdentifierName("Task").WithTriviaFrom(task);
        var comments = InlineComments.In([factory.OperatorToken, .. factory.Name.DescendantTokens(), startNew.OperatorToken,
            .. startNew.Name.DescendantTokens()]);
        var run = MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, IdentifierName("Run").WithTrailingTrivia(comments));
        return current.WithExpression(run).WithArgumentList(ArgumentLists.Keep(current.ArgumentList, kept));
    }
}
