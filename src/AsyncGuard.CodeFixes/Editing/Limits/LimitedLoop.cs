using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Limits;

/// <summary>
/// Writes the call that runs work for each item, so many at once:
/// <c>TaskGroup.ForEachAsync(rows, (row, ct) => SendAsync(row, ct), maxConcurrency: …)</c>, or
/// without the runtime library <c>Parallel.ForEachAsync(rows, new ParallelOptions { … }, async (row, ct) => await SendAsync(row, ct))</c>.
/// </summary>
internal sealed class LimitedLoop
{
    private const string Limit = "Environment.ProcessorCount";

    private readonly ExpressionSyntax _source;
    private readonly ParameterSyntax _item;
    private readonly LambdaExpressionSyntax? _selector;
    private readonly ExpressionSyntax _work;
    private readonly ChildStart? _start;
    private readonly ChildBody? _selected;
    private readonly string _tokenName;
    private readonly string? _token;
    private readonly bool _configureAwait;
    private readonly FixContext _fix;

    private LimitedLoop(ExpressionSyntax source, ParameterSyntax item, LambdaExpressionSyntax? selector, ExpressionSyntax work,
        ChildStart? start, ChildBody? selected, string? token, bool configureAwait, FixContext fix)
    {
        _source = source;
        _item = item;
        _selector = selector;
        _selected = selected;
        _work = work;
        _start = start;
        _tokenName = selected?.Parameter ?? start?.Parameter ?? "_";
        _token = token;
        _configureAwait = configureAwait;
        _fix = fix;
    }

    /// <summary>Whether the call that is written is the runtime library's.</summary>
    public bool IsGroup => _fix.Guard.Types.TaskGroup is not null;

    /// <summary>How the work of <c>rows.Select(…)</c> runs; null where it cannot move.</summary>
    public static LimitedLoop? ForSelect(InvocationExpressionSyntax select, FixContext fix)
    {
        if (!IsAvailable(fix)
            || select is not
            {
                Expression: MemberAccessExpressionSyntax { Expression: var source },
                ArgumentList.Arguments: { Count: 1 } arguments
            } || arguments[0].NameColon is not null)
            return null;
        var token = TokenAt(select, fix);
        switch (arguments[0].Expression)
        {
            case LambdaExpressionSyntax { AsyncKeyword.RawKind: not 0 } selector when ItemOf(selector) is { } item && !Counts(selector):
                return new LimitedLoop(source, item, selector, selector, null, ChildBody.For(selector, token, fix), token,
                    UsesConfigureAwait(select, fix), fix);

            case LambdaExpressionSyntax { ExpressionBody: { } work } selector
                when ItemOf(selector) is { } item && !Counts(work) && ChildStart.For(work, token, fix) is { } start:
                return new LimitedLoop(source, item, null, work, start, null, token, UsesConfigureAwait(select, fix), fix);

            // rows.Select(SendAsync)
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when FreeName.At(select, fix, "item", "each", "one") is { } name:
                var call = InvocationExpression(arguments[0].Expression.WithoutTrivia(),
                    ArgumentList(SingletonSeparatedList(Argument(IdentifierName(name)))));
                return new LimitedLoop(source, Parameter(Identifier(name)), null, call, null, null, token, UsesConfigureAwait(select, fix),
                    fix);

            default:
                return null;
        }
    }

    /// <summary>How the work of a loop runs that does nothing but start it; null where it cannot move.</summary>
    public static LimitedLoop? ForEach(ForEachStatementSyntax loop, ExpressionSyntax work, FixContext fix)
    {
        if (!IsAvailable(fix) || Counts(work)) return null;
        if (!loop.Type.IsVar && !fix.Model.GetForEachStatementInfo(loop).ElementConversion.IsIdentity) return null;
        var token = TokenAt(loop, fix);
        if (ChildStart.For(work, token, fix) is not { } start) return null;
        return new LimitedLoop(WithoutToken(loop.Expression), Parameter(loop.Identifier.WithoutTrivia()), null, work, start, null, token,
            UsesConfigureAwait(loop, fix), fix);
    }

    /// <summary>The call; its result are those of the work, in the order of the items, where they are wanted.</summary>
    public InvocationExpressionSyntax Write(bool wantsResults)
    {
        var arguments = new List<ArgumentSyntax> { Argument(_source.WithoutTrivia()) };
        if (IsGroup)
        {
            arguments.Add(Argument(Body(mustBeAsync: false)));
            arguments.Add(Named("maxConcurrency", Limit));
            if (_token is not null) arguments.Add(Named("cancellationToken", _token));
            return Call(wantsResults ? "TaskGroup.MapAsync" : "TaskGroup.ForEachAsync", arguments);
        }

        var options =
            $"new ParallelOptions {{ MaxDegreeOfParallelism = {Limit}{(_token is null ? "" : ", CancellationToken = " + _token)} }}";
        arguments.Add(Argument(ParseExpression(options)));
        arguments.Add(Argument(Body(mustBeAsync: true)));
        return Call("Parallel.ForEachAsync", arguments);
    }

    public void Import(DocumentEdits edits, SyntaxNode place)
    {
        KnownImports.Add(IsGroup ? _fix.Guard.Types.TaskGroup : _fix.Guard.Types.Parallel, edits, place, _fix);
        KnownImports.Add(_fix.Guard.Types.Environment, edits, place, _fix);
    }

    private static bool IsAvailable(FixContext fix) =>
        fix.Guard.Types.TaskGroup is not null || fix.Guard.Types.Parallel?.GetMembers("ForEachAsync").IsEmpty == false;

    private static bool UsesConfigureAwait(SyntaxNode node, FixContext fix) => Awaiting.UsesConfigureAwait(node, fix, fix.Guard.Types.Task);

    private static string? TokenAt(SyntaxNode node, FixContext fix) =>
        fix.OperationOf(node) is { } place ? TokenWay.TokenAt(place, fix) : null;

    private static ParameterSyntax? ItemOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0],
        _ => null,
    };

    // i++ in work that runs at the same time as itself
    private static bool Counts(SyntaxNode work) =>
        work.DescendantNodesAndSelf()
        .Any(node => node.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression
        or SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddAssignmentExpression
        or SyntaxKind.SubtractAssignmentExpression);

    // rows.WithCancellation(token).ConfigureAwait(false)
    private static ExpressionSyntax WithoutToken(ExpressionSyntax source)
    {
        while (source is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: var method,
                    Expression: var inner
                }
            } && (method == WellKnownMember.ConfigureAwait || SequenceMembers.WithCancellation.IsNamed(method)))
            source = inner;
        return source;
    }

    private LambdaExpressionSyntax Body(bool mustBeAsync)
    {
        if (_selector is not null) return Lambda(_selected!.Write(_selector.Body), isAsync: true);

        var work = _start is null ? _work : _start.Body(_work);
        var isAsync = mustBeAsync || _start is { IsTask: false };
        return Lambda(isAsync ? Awaiting.InPlaceOf(work, work, _configureAwait) : work, isAsync);
    }

    private ParenthesizedLambdaExpressionSyntax Lambda(CSharpSyntaxNode body, bool isAsync)
    {
        var token = Parameter(Identifier(_tokenName));
        if (_item.Type is not null)
            token = token.WithType(ParseTypeName(_fix.Guard.Types.CancellationToken!.ToMinimalDisplayString(_fix.Model, _source.SpanStart))
                .WithTrailingTrivia(Space));
        var parameters =
            ParameterList(SeparatedList([_item.WithoutTrivia(), token], [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)]))
            .WithTrailingTrivia(Space);
        var arrow = _selector?.ArrowToken ?? Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(Space);
        var lambda = ParenthesizedLambdaExpression(parameters, body).WithArrowToken(arrow);
        return isAsync ? lambda.WithModifiers(TokenList(Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space))) : lambda;
    }

    private static ArgumentSyntax Named(string name, string value) =>
        Argument(ParseExpression(value))
        .WithNameColon(NameColon(IdentifierName(name)).WithColonToken(Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space)));

    private static InvocationExpressionSyntax Call(string method, List<ArgumentSyntax> arguments) =>
        InvocationExpression(ParseExpression(method),
        ArgumentList(SeparatedList(arguments,
            Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), arguments.Count - 1))));
}
