using System.Collections.Generic;
using System.Linq;
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
/// The body of an async lambda whose runs become children: <c>async id => await LoadAsync(id)</c> →
/// <c>async ct => await LoadAsync(id, ct)</c>. The calls that it awaits
/// receive the child's token, in place of the token around it or where they take one; its own cleanup is left as it is.
/// </summary>
internal sealed class ChildBody
{
    private readonly CSharpSyntaxNode _body;
    private readonly IReadOnlyList<(int Place, TokenArgument Argument)> _given;
    private readonly HashSet<int> _mentions;
    private readonly string _name;

    private ChildBody(CSharpSyntaxNode body, IReadOnlyList<(int Place, TokenArgument Argument)> given, HashSet<int> mentions, string name)
    {
        _body = body;
        _given = given;
        _mentions = mentions;
        _name = name;
    }

    /// <summary>The name by which the body knows the child's token; <c>_</c> where nothing of it takes one.</summary>
    public string Parameter => _given.Count > 0 || _mentions.Count > 0 ? _name : "_";

    /// <summary>The body of the lambda around which <paramref name="token"/> is the token.</summary>
    public static ChildBody For(LambdaExpressionSyntax lambda, string? token, FixContext fix)
    {
        var name = TokenNames.Free(lambda, fix);
        var given = new List<(int, TokenArgument)>();
        var mentions = new HashSet<int>();
        var place = 0;
        foreach (var node in lambda.Body.DescendantNodesAndSelf())
        {
            if (node is ExpressionSyntax mention && token is not null && mention.ToString() == token && IsRead(mention)
                && !IsCleanup(mention, lambda))
                mentions.Add(place);
            else if (node is InvocationExpressionSyntax call && IsAwaited(call) && !IsCleanup(call, lambda)
                && Argument(call, fix) is { } argument) given.Add((place, argument.As(name)));
            place++;
        }

        return new ChildBody(lambda.Body, given, mentions, name);
    }

    /// <summary>The body, as earlier edits have left it, with the child's token.</summary>
    public CSharpSyntaxNode Write(CSharpSyntaxNode current)
    {
        var nodes = current.DescendantNodesAndSelf().ToList();
        var originals = _body.DescendantNodesAndSelf().ToList();

        // Another edit has been here; what it wrote stays.
        if (nodes.Count != originals.Count) return current;

        var changes = new Dictionary<SyntaxNode, TokenArgument?>();
        foreach (var mention in _mentions) changes.Add(nodes[mention], null);
        foreach (var (place, argument) in _given) changes.Add(nodes[place], argument);
        return current.ReplaceNodes(changes.Keys,
            (node, rewritten) => changes[node] is { } argument ? argument.AddTo((InvocationExpressionSyntax)rewritten)
                : IdentifierName(_name).WithTriviaFrom(node));
    }

    // SendAsync(row, token), token.IsCancellationRequested; not job.token
    private static bool IsRead(ExpressionSyntax node) =>
        node.Parent is ArgumentSyntax || (node.Parent is MemberAccessExpressionSyntax access && access.Expression == node);

    private static TokenArgument? Argument(InvocationExpressionSyntax call, FixContext fix)
    {
        if (fix.OperationOf(call) is not IInvocationOperation operation
            || operation.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter is { } parameter
            && fix.Guard.Tokens.TakesToken(parameter.Type)))
            return null;
        return TokenArgument.For(call, call, TokenNames.None(call, fix), fix);
    }

    // await call, await call.ConfigureAwait(false)
    private static bool IsAwaited(InvocationExpressionSyntax call) => ConfiguredTask.Around(call).Parent is AwaitExpressionSyntax;

    // What cleans up has to run to its end, and what an inner function does is its own.
    private static bool IsCleanup(SyntaxNode node, LambdaExpressionSyntax lambda)
    {
        for (var current = node.Parent; current is not null && current != lambda; current = current.Parent)
        {
            if (current is CatchClauseSyntax or FinallyClauseSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return true;
        }

        return false;
    }
}
