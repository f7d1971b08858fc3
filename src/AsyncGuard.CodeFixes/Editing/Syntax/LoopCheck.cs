using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Analysis.Tokens.Interruption;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>
/// Where a loop looks at a token: first in its body, or in front of what takes the next item, never between taking an item and using it:
/// <c>while (!token.IsCancellationRequested &amp;&amp; queue.TryDequeue(out var item))</c>
/// </summary>
internal sealed class LoopCheck
{
    private enum Place
    {
        First,
        Last,
        BeforeLast,
        Condition,
    }

    private readonly StatementSyntax _loop;
    private readonly string _token;
    private readonly Place _place;

    private LoopCheck(StatementSyntax loop, string token, Place place)
    {
        _loop = loop;
        _token = token;
        _place = place;
    }

    /// <summary>Whether the condition asks, so that the loop ends and nothing is thrown.</summary>
    public bool IsInCondition => _place == Place.Condition;

    /// <summary>How the loop looks at the token; null where every place lies between taking and using.</summary>
    public static LoopCheck? For(StatementSyntax loop, string token, FixContext fix)
    {
        if (fix.OperationOf(loop) is not ILoopOperation operation || IsToEnd(operation, fix)) return null;
        if (LoopTake.IsInCondition(operation)) return InFrontOfTake(loop, token, fix);
        if (LoopTake.AtEnd(operation) is not { } take) return new LoopCheck(loop, token, Place.First);
        // for (var item = await NextAsync(); item != null; item = await NextAsync())
        if (loop is ForStatementSyntax counted && counted.Incrementors.Any(step => step.Span.Contains(take.Syntax.Span)))
            return Goes(counted.Statement) ? null : new LoopCheck(loop, token, Place.Last);
        return LoopBodies.BodyOf(loop) is BlockSyntax { Statements: { Count: > 1 } statements } body
            && statements.Last().Span.Contains(take.Syntax.Span) && !Goes(body) ? new LoopCheck(loop, token, Place.BeforeLast) : null;
    }

    /// <summary>The condition of an endless loop: <c>while (!token.IsCancellationRequested)</c>; null for others.</summary>
    public static LoopCheck? InCondition(StatementSyntax loop, string token, FixContext fix) =>
        loop is WhileStatementSyntax && fix.OperationOf(loop) is ILoopOperation operation && LoopBounds.IsEndless(operation)
        && IsLastWork(loop, token, fix) ? new LoopCheck(loop, token, Place.Condition) : null;

    // Where the condition ends the loop, the code after it takes the part that is there for the whole: it is left by an exception, or
    // not at all where it has more to do than to return.
    private static LoopCheck? InFrontOfTake(StatementSyntax loop, string token, FixContext fix)
    {
        if (loop is CommonForEachStatementSyntax) return null;
        if (IsLastWork(loop, token, fix)) return new LoopCheck(loop, token, Place.Condition);
        return LoopBodies.BodyOf(loop) is { } body && !Goes(body) && Behind(loop, fix).All(code => code is ReturnStatementSyntax)
            ? new LoopCheck(loop, token, Place.Last) : null;
    }

    // while (true) { if (await NextAsync() is not { } line) break; await SaveAsync(line); } File.Move(part, whole);
    private static bool IsLastWork(StatementSyntax loop, string token, FixContext fix) =>
        !IsUsedBehind(loop, token, fix) && Behind(loop, fix).All(statement => OnlyEnds(statement, fix));

    // Says that the work has ended, or waits for the next of it; what it says holds for a part as well.
    private static bool OnlyEnds(StatementSyntax statement, FixContext fix) => statement switch
    {
        ReturnStatementSyntax { Expression: var value } => value is null or LiteralExpressionSyntax
        { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.FalseLiteralExpression },
        BreakStatementSyntax or ContinueStatementSyntax or EmptyStatementSyntax or YieldStatementSyntax { Expression: null } => true,
        BlockSyntax block => block.Statements.All(inner => OnlyEnds(inner, fix)),
        IfStatementSyntax choice => OnlyEnds(choice.Statement, fix) && (choice.Else is null || OnlyEnds(choice.Else.Statement, fix)),
        ExpressionStatementSyntax => IsLog(statement, fix)
            || (fix.OperationOf(statement) is IExpressionStatementOperation { Operation: var code }
            && IsEnd(code is IAwaitOperation awaited ? Unwrapped.Awaited(awaited.Operation) : code, fix)),
        _ => false,
    };

    // reader.Close(), _gate.Release(), writer.Complete(), _busy = false, await Task.Delay(1000)
    private static bool IsEnd(IOperation code, FixContext fix) => code switch
    {
        IConditionalAccessOperation access => IsEnd(access.WhenNotNull, fix),
        IInvocationOperation call => CleanupNames.SetsBack(call.TargetMethod.Name) || CleanupNames.GivesBack(call.TargetMethod.Name)
            || fix.Guard.Apis.Has(call.TargetMethod, ApiTraits.Sleeps) || ConventionalNames.Pauses(call.TargetMethod.Name)
            || Finish.Of(call) is { Kind: FinishKind.Count or FinishKind.Flag } || CompletesChannel(call),
        _ => Finish.Of(code) is not null,
    };

    // A reader of the channel goes on to its end; one who awaits a task takes all of the work for done.
    private static bool CompletesChannel(IInvocationOperation call) => ThreadingMembers.CompletesChannel.Is(call.TargetMethod);

    // while (await reader.ReadLineAsync() is { } line) lines.Add(line); return lines;
    private static bool IsUsedBehind(StatementSyntax loop, string token, FixContext fix)
    {
        if (LoopBodies.BodyOf(loop) is not { } body) return false;
        var used = new HashSet<string>(NamesIn(body).Select(name => name.Identifier.ValueText));
        used.Remove(token);
        return Behind(loop, fix).SelectMany(NamesIn).Any(name => used.Contains(name.Identifier.ValueText)
            && fix.Model.GetSymbolInfo(name).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol);
    }

    // await writer.WriteAsync(memory, CancellationToken.None), or while (buffer.TryGet(ref position, out var memory)): what the code holds
    // in a value of its own has been taken before, and nothing reads the rest of it behind the loop.
    private static bool IsToEnd(ILoopOperation loop, FixContext fix) =>
        loop.Body.Descendants().OfType<IInvocationOperation>().Any(call => RefusedToken.Is(call, fix.Guard))
        || (loop is IWhileLoopOperation { Condition: { } condition }
        && condition.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call =>
            call.Instance is ILocalReferenceOperation or IParameterReferenceOperation && call.Instance.Type is { IsValueType: true }
            && call.Arguments.Any(argument => argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)));

    private static IEnumerable<IdentifierNameSyntax> NamesIn(SyntaxNode code) =>
        code.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>();

    /// <summary>The statements that run once the loop has ended, but for those that only write down that it has.</summary>
    private static IEnumerable<StatementSyntax> Behind(StatementSyntax loop, FixContext fix)
    {
        for (SyntaxNode? node = loop; node is not null and not (MemberDeclarationSyntax or LocalFunctionStatementSyntax
            or AnonymousFunctionExpressionSyntax); node = node.Parent)
        {
            if (node is not StatementSyntax statement || StatementList.ListOf(statement) is not { } list) continue;
            foreach (var next in StatementList.In(list))
            {
                if (next.SpanStart >= statement.Span.End && next is not LocalFunctionStatementSyntax && !IsLog(next, fix))
                    yield return next;
            }
        }
    }

    private static bool IsLog(StatementSyntax statement, FixContext fix) =>
        fix.OperationOf(statement) is IExpressionStatementOperation { Operation: IInvocationOperation call }
        && LogCall.Is(call.TargetMethod, fix.Guard);

    public void Record(DocumentEdits edits)
    {
        if (_place != Place.Condition)
        {
            edits.Replace(_loop, current => WithCheck((StatementSyntax)current));
        }
        else if (ConditionOf(_loop) is { } condition)
        {
            edits.Replace(condition, current => Asking((ExpressionSyntax)current));
        }
    }

    private StatementSyntax WithCheck(StatementSyntax loop)
    {
        var check = LoopBodies.Check(_token);
        return _place switch
        {
            Place.First => LoopBodies.StartingWith(loop, check),
            Place.Last => LoopBodies.WithBody(loop, InsertStatement.Last(InsertStatement.AsBlock(LoopBodies.BodyOf(loop)!, loop), check)),
            _ => LoopBodies.WithBody(loop, BeforeLast((BlockSyntax)LoopBodies.BodyOf(loop)!, check)),
        };
    }

    private static BlockSyntax BeforeLast(BlockSyntax body, string check) =>
        (BlockSyntax)StatementList.WithBefore(body, body.Statements.Last(), ParseStatement(check));

    private ExpressionSyntax Asking(ExpressionSyntax condition)
    {
        var asked = ParseExpression($"!{_token}.IsCancellationRequested");
        if (condition.IsKind(SyntaxKind.TrueLiteralExpression)) return asked.WithTriviaFrom(condition);
        var known = condition.WithoutTrivia();
        if (condition.Kind() is SyntaxKind.LogicalOrExpression or SyntaxKind.ConditionalExpression or SyntaxKind.CoalesceExpression
            || condition is AssignmentExpressionSyntax)
            known = ParenthesizedExpression(known);
        return BinaryExpression(SyntaxKind.LogicalAndExpression, asked,
            Token(TriviaList(Space), SyntaxKind.AmpersandAmpersandToken, TriviaList(Space)), known).WithTriviaFrom(condition);
    }

    private static ExpressionSyntax? ConditionOf(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax one => one.Condition,
        DoStatementSyntax one => one.Condition,
        ForStatementSyntax one => one.Condition,
        _ => null,
    };

    // continue; goes round what stands last
    private static bool Goes(StatementSyntax body) => Own(body).Any(node => node is ContinueStatementSyntax);

    private static IEnumerable<SyntaxNode> Own(SyntaxNode code) =>
        code.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
        && (node == code || !LoopBodies.IsLoop(node)));
}
