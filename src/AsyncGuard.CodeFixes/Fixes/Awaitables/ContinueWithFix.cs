using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
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
/// <c>await task.ContinueWith(t => Parse(t.Result))</c> → <c>Parse(await task)</c>. Offered where the continuation only asks for the
/// result, once and before
/// anything else: one that looks at the exception, or that runs whether the task has failed or not, says what <c>await</c> does not.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ContinueWithFix() : GuardFix(RuleTable.ContinueWith)
{
    private const string Key = "AGD0407.Await";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(
            ) is not { Expression: MemberAccessExpressionSyntax { Expression: var task } } node)
            return null;
        if (fix.OperationOf(node) is not IInvocationOperation call
            || PlainContinuation.WorkOf(call) is not IAnonymousFunctionOperation
            {
                Symbol: { IsAsync: false } symbol,
                Syntax: LambdaExpressionSyntax lambda
            })
            return null;
        if (!Awaiting.IsLegalAt(call) || AggregateHandler.Guards(call) || AggregateHandler.GuardsCaller(node, fix)
            || BodyOf(lambda) is not { } body
            || ResultIn(body, symbol.Parameters[0], fix) is not { } result)
            return null;
        if (!SymbolEqualityComparer.Default.Equals(fix.Model.GetTypeInfo(body, fix.CancellationToken).Type, symbol.ReturnType)) return null;

        var place = Around(node);
        var isAwaited = place is AwaitExpressionSyntax;
        if (!isAwaited && place.Parent is not (ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax)) return null;
        var isVoid = symbol.ReturnsVoid;
        if (!isAwaited && isVoid && place.Parent is ReturnStatementSyntax returned && !IsLast(returned)) return null;
        if (AsyncSignature.For(node, fix, except: isAwaited ? null : place) is not { } signature) return null;

        if (LosesComment(place, task, body)) return null;
        var configureAwait = Awaiting.UsesConfigureAwait(node, fix, call.Instance?.Type);
        var written = body.TrackNodes(result);
        var inPlace = written.GetCurrentNode(result)!;
        var value = written.ReplaceNode(inPlace, Awaiting.InPlaceOf(inPlace, task.WithoutTrivia(), configureAwait)).WithoutTrivia();
        return new FixPlan("Await the task", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            if (!isAwaited && isVoid && place.Parent is ReturnStatementSyntax statement)
                edits.Replace(statement, current => ExpressionStatement(value).WithTriviaFrom(current));
            else edits.Replace(place, current => Parenthesized(value, place).WithTriviaFrom(current));
            signature.Record(edits);
        });
    }

    // task // the rows
    //     .ContinueWith(…)
    private static bool LosesComment(ExpressionSyntax place, ExpressionSyntax task, ExpressionSyntax body) =>
        place.DescendantTrivia().Any(trivia => UnwrapUsing.IsComment(trivia) && place.Span.Contains(trivia.Span)
            && !task.Span.Contains(trivia.Span) && !body.Span.Contains(trivia.Span));

    // x => E, x => { return E; }, x => { E; }
    private static ExpressionSyntax? BodyOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        { ExpressionBody: { } expression } => expression,
        { Block.Statements: { Count: 1 } statements } => statements[0] switch
        {
            ReturnStatementSyntax { Expression: { } returned } => returned,
            ExpressionStatementSyntax { Expression: var only } => only,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The <c>t.Result</c> that stands for the awaited task: the only use of the parameter, and evaluated first.</summary>
    private static ExpressionSyntax? ResultIn(ExpressionSyntax body, IParameterSymbol antecedent, FixContext fix)
    {
        var uses = body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == antecedent.Name
            && SymbolEqualityComparer.Default.Equals(fix.Model.GetSymbolInfo(name, fix.CancellationToken).Symbol, antecedent)).ToList();
        if (uses.Count != 1 || uses[0].Parent is not MemberAccessExpressionSyntax result
            || !TaskMembers.Result.IsNamed(result.Name.Identifier.ValueText) || result.Expression != uses[0])
            return null;

        for (ExpressionSyntax current = result; current != body; current = (ExpressionSyntax)current.Parent!)
        {
            if (current.Parent is ArgumentSyntax argument)
            {
                if (argument.RefKindKeyword.RawKind != 0 || argument.Parent?.Parent is not InvocationExpressionSyntax call
                    || call.ArgumentList.Arguments[0] != argument || !IsPure(call.Expression, fix))
                    return null;
                current = call;
                if (current == body) break;
            }

            var isFirst = current.Parent switch
            {
                MemberAccessExpressionSyntax access => access.Expression == current,
                InvocationExpressionSyntax invocation => invocation.Expression == current,
                ElementAccessExpressionSyntax element => element.Expression == current,
                BinaryExpressionSyntax binary => binary.Left == current,
                ConditionalExpressionSyntax choice => choice.Condition == current,
                ParenthesizedExpressionSyntax or CastExpressionSyntax => true,
                PostfixUnaryExpressionSyntax suppressed => suppressed.IsKind(SyntaxKind.SuppressNullableWarningExpression),
                ArgumentSyntax => true,
                _ => false,
            };
            if (!isFirst) return null;
            if (current.Parent is ArgumentSyntax) continue;
        }

        return result;
    }

    // Parse(…), int.Parse(…), this.Parse(…), parser.Parse(…) of a local or a parameter
    private static bool IsPure(ExpressionSyntax called, FixContext fix) => called switch
    {
        SimpleNameSyntax => true,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax or PredefinedTypeSyntax } => true,
        MemberAccessExpressionSyntax { Expression: var receiver } =>
            fix.Model.GetSymbolInfo(receiver, fix.CancellationToken).Symbol is INamedTypeSymbol or IParameterSymbol,
        _ => false,
    };

    // await task.ContinueWith(…).ConfigureAwait(false)
    private static ExpressionSyntax Around(InvocationExpressionSyntax node)
    {
        var place = ConfiguredTask.Around(node);
        return place.Parent is AwaitExpressionSyntax awaited ? awaited : place;
    }

    // (await t.ContinueWith(x => x.Result + 1)) * 2 has its parentheses already; await … ?? … has none
    private static ExpressionSyntax Parenthesized(ExpressionSyntax value, ExpressionSyntax place) =>
        value is BinaryExpressionSyntax or ConditionalExpressionSyntax
        && place.Parent is not (ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax or EqualsValueClauseSyntax
        or ArgumentSyntax or ParenthesizedExpressionSyntax or ExpressionStatementSyntax)
            ? ParenthesizedExpression(value)
            : value;

    private static bool IsLast(ReturnStatementSyntax statement) =>
        statement.Parent is BlockSyntax block && block.Statements.Last() == statement
        && block.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;
}
