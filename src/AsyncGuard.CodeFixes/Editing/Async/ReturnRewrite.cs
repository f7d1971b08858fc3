using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// How one returned task is written once the function is async: its value, nothing, or an await.
/// <code>
/// return Task.FromResult(r);  → return r;
/// return Task.CompletedTask; → return;
/// return LoadAsync(); → return await LoadAsync();
/// </code>
/// </summary>
internal sealed class ReturnRewrite
{
    private enum Form
    {
        Value,
        Nothing,
        Await,
        Throw,
        Choice,
    }

    private readonly ExpressionSyntax _expression;
    private readonly Form _form;
    private readonly bool _hasValue;
    private readonly bool _configureAwait;
    private readonly ReturnRewrite[] _branches;

    private ReturnRewrite(ExpressionSyntax expression, Form form, bool hasValue, bool configureAwait, params ReturnRewrite[] branches)
    {
        _expression = expression;
        _form = form;
        _hasValue = hasValue;
        _configureAwait = configureAwait;
        _branches = branches;
    }

    /// <summary>Whether the function waits there.</summary>
    public bool Awaits => _form == Form.Await || _branches.Any(branch => branch.Awaits);

    /// <summary>Whether an exception is thrown there that was in the task.</summary>
    public bool Throws => _form == Form.Throw;

    /// <summary>The rewrite, or null where there is none: a null task stays a null task.</summary>
    public static ReturnRewrite? Of(ExpressionSyntax expression, bool hasValue, FixContext fix)
    {
        if (fix.OperationOf(expression) is not { } written) return null;
        var operation = Unwrapped.ImplicitConversions(written);
        if (operation.ConstantValue is { HasValue: true, Value: null }) return null;

        // cond ? Task.FromResult(a) : LoadAsync()
        if (hasValue && expression is ConditionalExpressionSyntax choice)
        {
            return Of(choice.WhenTrue, hasValue, fix) is { } whenTrue && Of(choice.WhenFalse, hasValue, fix) is { } whenFalse
                && whenTrue._form != Form.Throw && whenFalse._form != Form.Throw
                ? new ReturnRewrite(expression, Form.Choice, hasValue, false, whenTrue, whenFalse)
                : null;
        }

        var configureAwait = Awaiting.UsesConfigureAwait(expression, fix, operation.Type);
        switch (operation)
        {
            case IThrowOperation:
                return new ReturnRewrite(expression, Form.Value, hasValue, false);

            case IDefaultValueOperation when !fix.Guard.Awaitables.IsValueTask(operation.Type):
                return null;

            case IDefaultValueOperation:
            case IObjectCreationOperation { Arguments.Length: 0 } when fix.Guard.Awaitables.IsValueTask(operation.Type):
                return hasValue ? null : new ReturnRewrite(expression, Form.Nothing, hasValue, false);

            // new ValueTask<int>(5)
            case IObjectCreationOperation { Arguments.Length: 1 } created
                when hasValue && fix.Guard.Awaitables.IsValueTask(created.Type)
                && !fix.Guard.Awaitables.IsAwaitable(created.Arguments[0].Value.Type) && expression is BaseObjectCreationExpressionSyntax:
                return new ReturnRewrite(expression, Form.Value, hasValue, false);

            case IPropertyReferenceOperation property when !hasValue && fix.Guard.Apis.Has(property.Property, ApiTraits.Completed):
                return new ReturnRewrite(expression, Form.Nothing, hasValue, false);

            case IInvocationOperation call when TaskMembers.FromResult.Is(call.TargetMethod) && expression is InvocationExpressionSyntax:
                if (hasValue) return new ReturnRewrite(expression, Form.Value, hasValue, false);
                // return Task.FromResult(1); where a plain task is returned: the value is lost
                return call.Arguments.Length == 1 && IsPure(call.Arguments[0].Value)
                    ? new ReturnRewrite(expression, Form.Nothing, hasValue, false) : null;

            case IInvocationOperation call
                when TaskMembers.FromException.Is(call.TargetMethod) && expression.Parent is ReturnStatementSyntax:
                return new ReturnRewrite(expression, Form.Throw, hasValue, false);

            default:
                return fix.Guard.Awaitables.IsAwaitable(operation.Type) && !IsNoRunningTask(expression, fix)
                    ? new ReturnRewrite(expression, Form.Await, hasValue, configureAwait) : null;
        }
    }

    public void Record(DocumentEdits edits)
    {
        if (_expression.Parent is not ReturnStatementSyntax statement)
        {
            if (_form is Form.Value or Form.Await or Form.Choice) edits.Replace(_expression, current => Written((ExpressionSyntax)current));
            return;
        }

        if (_form == Form.Throw)
        {
            edits.Replace(statement, current => Throw((ReturnStatementSyntax)current));
        }
        else if (_hasValue)
        {
            edits.Replace(_expression, current => Written((ExpressionSyntax)current));
        }
        else
        {
            edits.ReplaceByMany(statement, current => WithoutValue((ReturnStatementSyntax)current));
        }
    }

    private ExpressionSyntax Written(ExpressionSyntax current) => _form switch
    {
        Form.Await => Awaiting.InPlaceOf(current, current, _configureAwait),
        Form.Value when ArgumentOf(current) is { } value => value.WithTriviaFrom(current),
        Form.Choice when current is ConditionalExpressionSyntax choice =>
            choice.Update(choice.Condition, choice.QuestionToken, _branches[0].Written(choice.WhenTrue), choice.ColonToken,
            _branches[1].Written(choice.WhenFalse)),
        _ => current,
    };

    private IReadOnlyList<SyntaxNode> WithoutValue(ReturnStatementSyntax current)
    {
        var leave = ReturnStatement().WithReturnKeyword(current.ReturnKeyword.WithTrailingTrivia())
            .WithSemicolonToken(current.SemicolonToken);
        var isLast = IsLast(current);
        if (_form == Form.Nothing)
        {
            return isLast && !HasComment(current) && current.Parent is BlockSyntax { Statements.Count: > 1 } ? [] : [leave];
        }

        var awaiting =
            ExpressionStatement(Awaiting.InPlaceOf(current.Expression!.WithoutTrivia(), current.Expression!.WithoutTrivia(),
            _configureAwait))
            .WithLeadingTrivia(current.GetLeadingTrivia()).WithSemicolonToken(current.SemicolonToken);
        if (isLast) return [awaiting];

        // return LoadAsync(); // loads  →  await LoadAsync(); // loads … return;
        var lineEnd = TriviaList(current.GetTrailingTrivia().SkipWhile(trivia => !trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        var second = leave.WithLeadingTrivia(Indentation(current));
        if (lineEnd.Count > 0) second = second.WithTrailingTrivia(lineEnd);
        if (current.Parent is BlockSyntax or SwitchSectionSyntax) return [awaiting, second];
        if (!StartsLine(current)) return [InLine(awaiting, leave, current)];
        // else if (…) stands in the line of its else
        var holder = current.Parent!;
        while (holder is IfStatementSyntax { Parent: ElseClauseSyntax clause }) holder = clause;
        var outer = Indentation(holder);
        return [Block(
            Token(outer, SyntaxKind.OpenBraceToken, TriviaList(EndOfLine("\n"))),
            List<StatementSyntax>([awaiting, second]),
            Token(outer, SyntaxKind.CloseBraceToken, lineEnd.Count > 0 ? lineEnd : current.GetTrailingTrivia()))];
    }

    // using (…) return SaveAsync();  →  using (…) { await SaveAsync(); return; }
    private static BlockSyntax InLine(StatementSyntax awaiting, StatementSyntax leave, ReturnStatementSyntax current) => Block(
        Token(TriviaList(), SyntaxKind.OpenBraceToken, TriviaList(Space)),
        List([awaiting.WithoutTrivia().WithTrailingTrivia(Space), leave.WithoutTrivia().WithTrailingTrivia(Space)]),
        Token(TriviaList(), SyntaxKind.CloseBraceToken, current.GetTrailingTrivia())).WithLeadingTrivia(current.GetLeadingTrivia());

    private static bool StartsLine(ReturnStatementSyntax statement) =>
        statement.ReturnKeyword.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    // catch (Exception e) { Log(e); return Task.FromException(e); }  →  catch (Exception e) { Log(e); throw; }, which keeps where it was
    // thrown; not where the exception would have no other use
    private StatementSyntax Throw(ReturnStatementSyntax current)
    {
        var exception = ArgumentOf(current.Expression!)!.WithoutTrivia();
        var isCaught = exception is IdentifierNameSyntax { Identifier.ValueText: var name }
            && _expression.FirstAncestorOrSelf<CatchClauseSyntax>() is { Declaration: { } caught } handler
            && caught.Identifier.ValueText == name
            && handler.Block.DescendantNodes().OfType<IdentifierNameSyntax>().Count(use => use.Identifier.ValueText == name) > 1;
        return isCaught
            ? ThrowStatement(Token(current.ReturnKeyword.LeadingTrivia, SyntaxKind.ThrowKeyword, TriviaList()), null!,
            current.SemicolonToken)
            : ThrowStatement(Token(current.ReturnKeyword.LeadingTrivia, SyntaxKind.ThrowKeyword, TriviaList(Space)), exception,
            current.SemicolonToken);
    }

    /// <summary>
    /// Whether the expression may be no task, or one that other code has to start: <c>_inner?.SaveAsync()</c>, <c>new Task(Save)</c>.
    /// An await of the one fails, and one of the other has no end.
    /// </summary>
    private static bool IsNoRunningTask(ExpressionSyntax expression, FixContext fix) => expression switch
    {
        ParenthesizedExpressionSyntax inner => IsNoRunningTask(inner.Expression, fix),
        CastExpressionSyntax cast => IsNoRunningTask(cast.Expression, fix),
        PostfixUnaryExpressionSyntax suppressed => IsNoRunningTask(suppressed.Operand, fix),
        ConditionalExpressionSyntax choice => IsNoRunningTask(choice.WhenTrue, fix) || IsNoRunningTask(choice.WhenFalse, fix),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => IsNoRunningTask(either.Right, fix),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } => true,
        SwitchExpressionSyntax choice => choice.Arms.Any(arm => IsNoRunningTask(arm.Expression, fix)),
        ConditionalAccessExpressionSyntax => true,
        LiteralExpressionSyntax or DefaultExpressionSyntax => !fix.Guard.Awaitables.IsValueTask(
            fix.Model.GetTypeInfo(expression, fix.CancellationToken).ConvertedType),
        BaseObjectCreationExpressionSyntax => fix.Guard.Awaitables.IsTask(fix.Model.GetTypeInfo(expression, fix.CancellationToken).Type),
        _ => false,
    };

    private static bool IsPure(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion) value = conversion.Operand;
        return value is ILiteralOperation or IDefaultValueOperation or ILocalReferenceOperation or IParameterReferenceOperation
            or IInstanceReferenceOperation || value.ConstantValue.HasValue;
    }

    // The last statement of the function's own block: what follows it is the end.
    private static bool IsLast(StatementSyntax statement) =>
        (statement.Parent is UsingStatementSyntax inOne && IsLast(inOne))
        || (statement.Parent is BlockSyntax block && block.Statements.Last() == statement && block.Parent switch
        {
            MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax => true,
            // try { return LoadAsync(); } finally { … }
            TryStatementSyntax attempt => attempt.Block == block && IsLast(attempt),
            UsingStatementSyntax scope => IsLast(scope),
            _ => false,
        });

    private static bool HasComment(SyntaxNode node) =>
        node.DescendantTrivia()
        .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
        || trivia.IsDirective);

    private static SyntaxTriviaList Indentation(SyntaxNode node) =>
        TriviaList(node.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));

    private static ExpressionSyntax? ArgumentOf(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => arguments[0].Expression,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => arguments[0].Expression,
        _ => null,
    };
}
