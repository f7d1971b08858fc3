using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// Starts in a group what was started alone: <c>LoadAsync(id)</c> → <c>group.Start(ct => LoadAsync(id, ct))</c>, and the selector
/// <c>async id => await LoadAsync(id)</c> → <c>id => group.Start(async ct => await LoadAsync(id, ct))</c>.
/// </summary>
internal sealed class ChildStart
{

    private readonly InvocationExpressionSyntax? _call;
    private readonly TokenArgument? _argument;
    private readonly ArgumentSyntax? _replaced;
    private readonly string _parameter;
    private readonly string _method;
    private readonly bool _awaits;
    private readonly bool _unwraps;
    private readonly HashSet<string>? _inner;
    private readonly ChildBody? _selected;

    private ChildStart(ExpressionSyntax node, InvocationExpressionSyntax? call, TokenArgument? argument, ArgumentSyntax? replaced,
        string parameter, string method, bool awaits, bool unwraps = false, HashSet<string>? inner = null, ChildBody? selected = null)
    {
        _inner = inner;
        _unwraps = unwraps;
        _selected = selected;
        Node = node;
        _call = call;
        _argument = argument;
        _replaced = replaced;
        _parameter = parameter;
        _method = method;
        _awaits = awaits;
    }

    /// <summary>Whether the call returns a task, which every kind of group starts.</summary>
    public bool IsTask => _method == GroupMembers.Start && !_awaits;

    /// <summary>
    /// The start in a group whose children are tasks: one that runs the call; what returns another awaitable is awaited in it.
    /// </summary>
    public ChildStart OfTask() =>
        IsTask ? this
        : new ChildStart(Node, _call, _argument, _replaced, _parameter, GroupMembers.Start,
        awaits: Node is not AnonymousFunctionExpressionSyntax, _unwraps, _inner, _selected);

    /// <summary>Whether a token that the call received gives way to the child's.</summary>
    public bool ReplacesToken => _replaced is not null || _inner is not null;

    /// <summary>The same with another expression in the place of the child's token.</summary>
    public ChildStart With(string token) =>
        new(Node, _call, _argument?.As(token), _replaced, token, _method, _awaits, _unwraps, _inner, _selected);

    /// <summary>Whether the call receives the child's token.</summary>
    public bool TakesToken => _parameter != "_";

    /// <summary>The expression that becomes a child.</summary>
    public ExpressionSyntax Node { get; }

    /// <summary>
    /// How the expression starts in a group that receives <paramref name="token"/>, or in one that exists and has a name; null where it
    /// cannot move into a lambda.
    /// </summary>
    public static ChildStart? For(ExpressionSyntax node, string? token, FixContext fix, string? group = null)
    {
        if (node is AnonymousFunctionExpressionSyntax selector) return ForSelector(selector, token, fix);
        if (CallIn(node) is not { } call || fix.OperationOf(call) is not IInvocationOperation operation || !CanMove(node)) return null;

        var type = operation.Type;
        var isTask = fix.Guard.Awaitables.IsTask(type);
        if (!isTask && (node is ConditionalAccessExpressionSyntax || !fix.Guard.Awaitables.IsAwaitable(type))) return null;

        var isNested = NestedTask.Is(call, fix);
        if (isNested && node is ConditionalAccessExpressionSyntax) return null;

        var isValueTask = fix.Guard.Awaitables.IsValueTask(type);
        var parameter = TokenNames.Free(node, fix);
        var replaced =
            call.ArgumentList.Arguments.FirstOrDefault(argument => argument.Expression.ToString() is var given
            && (given == token || (group is not null && given == group + GroupForm.TokenMember)));
        var added = replaced is not null || GivesToken(operation, fix) ? null
            : TokenArgument.For(call, call, TokenNames.None(call, fix), fix)?.As(parameter);
        var around = new HashSet<string>(new[] { token, group is null ? null : group + GroupForm.TokenMember }.OfType<string>());
        var inner = fix.Guard.Apis.Has(operation.TargetMethod, ApiTraits.Offloads) && InnerMentions(call, around).Any() ? around : null;
        var takes = added is not null || replaced is not null || inner is not null;
        return new ChildStart(node, call, added, replaced, takes ? parameter : "_",
            isValueTask ? GroupMembers.StartValue : GroupMembers.Start, awaits: !isTask && !isValueTask, unwraps: isNested, inner);
    }

    /// <summary>The name by which the expression knows the group's token; <c>_</c> where it takes none.</summary>
    public string Parameter => _parameter;

    /// <summary>The expression as a child runs it: with the group's token.</summary>
    public ExpressionSyntax Body(ExpressionSyntax current)
    {
        var body = WithToken(current.WithoutTrivia());
        if (_unwraps) body = NestedTask.Unwrap(body);
        return body is ConditionalAccessExpressionSyntax ? ((ParenthesizedExpressionSyntax)NullConditional.OrCompleted(body)).Expression
            : body;
    }

    public ExpressionSyntax Write(ExpressionSyntax current, string group)
    {
        if (current is AnonymousFunctionExpressionSyntax selector) return WriteSelector(selector, group);

        var body = Body(current);
        if (_awaits) body = AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), body);
        return Start(group, Child(body, isAsync: _awaits)).WithTriviaFrom(current);
    }

    /// <summary>The child alone, for a call that takes several: <c>ct => LoadAsync(id, ct)</c>.</summary>
    public LambdaExpressionSyntax WriteChild(ExpressionSyntax current) => Child(Body(current), isAsync: false);

    // async item => await LoadAsync(item)
    private static ChildStart? ForSelector(AnonymousFunctionExpressionSyntax selector, string? token, FixContext fix) =>
        selector is LambdaExpressionSyntax { AsyncKeyword.RawKind: not 0 } lambda && ChildBody.For(lambda, token, fix) is var body
        ? new ChildStart(selector, null, null, null, body.Parameter, GroupMembers.Start, awaits: false, selected: body) : null;

    private ExpressionSyntax WriteSelector(AnonymousFunctionExpressionSyntax selector, string group)
    {
        var lambda = (LambdaExpressionSyntax)selector;

        // The child's block stays where it is: items.Select(item => group.Start(async ct =>
        var child = Child(_selected!.Write(lambda.Body).WithoutTrivia().WithLeadingTrivia(lambda.Body.GetLeadingTrivia()), isAsync: true)
            .WithArrowToken(lambda.ArrowToken);
        var start = Start(group, child).WithTrailingTrivia(lambda.Body.GetTrailingTrivia());
        var arrow = lambda.ArrowToken.WithTrailingTrivia(Space);
        var synchronous = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.WithModifiers(default).WithArrowToken(arrow).WithBody(start),
            ParenthesizedLambdaExpressionSyntax several =>
                (LambdaExpressionSyntax)several.WithModifiers(default).WithArrowToken(arrow).WithBody(start),
            _ => lambda,
        };
        return synchronous.WithTriviaFrom(lambda);
    }

    private InvocationExpressionSyntax Start(string group, LambdaExpressionSyntax child) => InvocationExpression(
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, ParseExpression(group), IdentifierName(_method)),
        ArgumentList(SingletonSeparatedList(Argument(child))));

    private SimpleLambdaExpressionSyntax Child(CSharpSyntaxNode body, bool isAsync)
    {
        var child = SimpleLambdaExpression(Parameter(Identifier(_parameter)).WithTrailingTrivia(Space), body)
            .WithArrowToken(Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(Space));
        return isAsync ? child.WithModifiers(TokenList(Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space))) : child;
    }

    private ExpressionSyntax WithToken(ExpressionSyntax current)
    {
        if (CallIn(current) is not { } call) return current;
        if (_inner is not null)
        {
            current = current.ReplaceNode(call,
                call.ReplaceNodes(InnerMentions(call, _inner), (mention, _) => IdentifierName(_parameter).WithTriviaFrom(mention)));
            call = CallIn(current)!;
        }

        var given = call;
        if (_argument is not null) given = _argument.AddTo(call);
        else if (_replaced is not null && _call is not null) given = WithReplaced(call, _call.ArgumentList.Arguments.IndexOf(_replaced));
        var whole = current.ReplaceNode(call, given);
        return CallIn(whole) is { } inner && IsConfigured(whole) ? inner : whole;
    }

    // Task.Run(() => SendAsync(item, token)): the token around, where the work passed to the call reads it
    private static IEnumerable<ExpressionSyntax> InnerMentions(InvocationExpressionSyntax call, HashSet<string> tokens) =>
        call.ArgumentList.Arguments.Where(argument => argument.Expression is LambdaExpressionSyntax)
            .SelectMany(argument => argument.DescendantNodes()).OfType<ExpressionSyntax>()
            .Where(node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax && tokens.Contains(node.ToString())
                && (node.Parent is ArgumentSyntax || (node.Parent is MemberAccessExpressionSyntax access && access.Expression == node)));

    private InvocationExpressionSyntax WithReplaced(InvocationExpressionSyntax call, int index)
    {
        var argument = call.ArgumentList.Arguments[index];
        return call.ReplaceNode(argument.Expression, IdentifierName(_parameter).WithTriviaFrom(argument.Expression));
    }

    private static bool IsConfigured(ExpressionSyntax node) => ConfiguredTask.Of(node)?.Expression is InvocationExpressionSyntax;

    // The call behind ConfigureAwait and a?.
    private static InvocationExpressionSyntax? CallIn(ExpressionSyntax node) => node switch
    {
        ConditionalAccessExpressionSyntax { WhenNotNull: ConditionalAccessExpressionSyntax nested } => CallIn(nested),
        ConditionalAccessExpressionSyntax
        {
            WhenNotNull: InvocationExpressionSyntax
            {
                Expression: not MemberAccessExpressionSyntax { Name.Identifier.ValueText: WellKnownMember.ConfigureAwait }
            } call
        } => call,
        InvocationExpressionSyntax when IsConfigured(node) => CallIn(ConfiguredTask.In(node)),
        InvocationExpressionSyntax call => call,
        _ => null,
    };

    // What is awaited, declared or passed by reference belongs to the code around.
    private static bool CanMove(ExpressionSyntax node) =>
        !node.DescendantNodes(inner => inner is not AnonymousFunctionExpressionSyntax).Any(inner =>
        inner is AwaitExpressionSyntax or DeclarationExpressionSyntax or DeclarationPatternSyntax
        or StackAllocArrayCreationExpressionSyntax or AssignmentExpressionSyntax
        || (inner is ArgumentSyntax argument && argument.RefKindKeyword.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword));

    private static bool GivesToken(IInvocationOperation call, FixContext fix)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter is { } parameter
                && fix.Guard.Tokens.TakesToken(parameter.Type))
                return true;
        }

        return false;
    }
}
