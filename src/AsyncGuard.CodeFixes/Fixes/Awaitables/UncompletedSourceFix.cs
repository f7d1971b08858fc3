using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Code;
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
/// Adds <c>source.TrySetException(exception);</c> to the handler that swallows the failure, where there is one that names it; else the body
/// of the callback gets a
/// <c>try</c> with such a handler.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UncompletedSourceFix() : GuardFix(RuleTable.UncompletedSource)
{
    private const string Key = "AGD0404.TrySetException";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } node
            || fix.OperationOf(node) is not IObjectCreationOperation creation)
            return null;
        if (CompletionPaths.FailureLeftOpen(creation, fix.Guard) is not { Syntax: InvocationExpressionSyntax completion } call
            || SourceIn(completion) is not { } source || completion.SyntaxTree != node.SyntaxTree)
            return null;

        // Where another attempt may still complete it, a failure of this one must not.
        if (IsCompletedElsewhere(completion, source)) return null;
        var attempt =
            completion.FirstAncestorOrSelf<TryStatementSyntax,
            SyntaxNode>(static (statement, inner) => statement.Block.Span.Contains(inner.Span) && statement.Catches.Count > 0, completion);
        var function = EnclosingFunction.Of(completion);
        if (attempt is not null && function is not null && function.Span.Contains(attempt.Span)) return InHandler(attempt, source, fix);
        return FlowGraphs.FunctionAround(call) is { Syntax: AnonymousFunctionExpressionSyntax { Block: { } body } }
            && IsLastIn(completion, body) ? AroundBody(body, source, fix) : null;
    }

    private static FixPlan? InHandler(TryStatementSyntax attempt, string source, FixContext fix)
    {
        if (attempt.Catches.Count != 1 || attempt.Catches[0] is not { Filter: null, Declaration: { } caught } handler) return null;
        if (!SymbolEqualityComparer.Default.Equals(fix.Model.GetTypeInfo(caught.Type, fix.CancellationToken).Type,
            fix.Guard.Types.Exception))
            return null;
        var name = caught.Identifier.ValueText.Length > 0 ? caught.Identifier.ValueText : FreeName.At(handler, fix, "exception", "failure");
        return name is null ? null : new FixPlan("Set the exception", Key, all => all.In(fix.Document.Id).Replace(handler, current =>
        {
            var clause = (CatchClauseSyntax)current;
            if (clause.Declaration!.Identifier.ValueText.Length == 0)
                clause = clause.WithDeclaration(clause.Declaration.WithType(clause.Declaration.Type.WithTrailingTrivia(Space))
                    .WithIdentifier(Identifier(name)));
            return clause.WithBlock(InsertStatement.Last(clause.Block, $"{source}.TrySetException({name});"));
        }));
    }

    private static FixPlan? AroundBody(BlockSyntax body, string source, FixContext fix)
    {
        if (body.ContainsDirectives || !body.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            || FreeName.At(body, fix, "exception", "failure") is not { } name)
            return null;
        return new FixPlan("Set the exception", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(body, current =>
            {
                var block = (BlockSyntax)current;
                var lineEnd = block.OpenBraceToken.TrailingTrivia.Last().ToString();
                var outer = string.Concat(block.Statements[0].GetLeadingTrivia().Reverse()
                    .TakeWhile(static trivia => trivia.RawKind == (int)SyntaxKind.WhitespaceTrivia));
                var step = Indents.StepOf(block);
                var frame = (TryStatementSyntax)ParseStatement(string.Join(lineEnd,
                    $"{outer}try", outer + "{", outer + "}", $"{outer}catch (Exception {name})", outer + "{",
                    $"{outer}{step}{source}.TrySetException({name});", outer + "}", ""));
                var inner = frame.WithBlock(
                    frame.Block.WithStatements(List(block.Statements.Select(statement => Indents.By(step, statement)))));
                return block.WithStatements(SingletonList<StatementSyntax>(inner));
            });
            KnownImports.Add(fix.Guard.Types.Exception, edits, body, fix);
        });
    }

    // try { …; done.SetResult(1); } catch { … } done.SetResult(2); also one that is repeated, or in another callback
    private static bool IsCompletedElsewhere(InvocationExpressionSyntax completion, string source)
    {
        var function = EnclosingFunction.Of(completion);
        if (completion.Ancestors().TakeWhile(node => node != function).Any(LoopBodies.IsLoop)
            || function?.DescendantNodes().Any(node => node is GotoStatementSyntax { RawKind: (int)SyntaxKind.GotoStatement }) == true)
            return true;
        var statement = completion.Ancestors().TakeWhile(node => node != function).OfType<TryStatementSyntax>().LastOrDefault()?.Block
            ?? function;
        var type = completion.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        return (type ?? completion.SyntaxTree.GetRoot()).DescendantNodes().OfType<InvocationExpressionSyntax>().Any(other =>
            other.Expression is MemberAccessExpressionSyntax access && TaskMembers.SetsResult.IsNamed(access.Name.Identifier.ValueText)
            && access.Expression.ToString() == source && statement?.Span.Contains(other.Span) != true);
    }

    // What fails behind the completion would be lost: the task has ended.
    private static bool IsLastIn(SyntaxNode completion, BlockSyntax body)
    {
        for (SyntaxNode? current = completion; current is not null && current != body; current = current.Parent)
        {
            if (current is StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement
                && StatementList.In(statement.Parent!).SkipWhile(other => other != statement).Skip(1)
                .Any(next => next is not
                    (ReturnStatementSyntax { Expression: null } or BreakStatementSyntax or LocalFunctionStatementSyntax)))
                return false;
        }

        return true;
    }

    private static string? SourceIn(InvocationExpressionSyntax completion) =>
        completion.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } access
        ? access.Expression.ToString() : null;
}
