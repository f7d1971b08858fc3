using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// Hands a call that cleans up to the runtime library: <c>X(a, token)</c> →
/// <c>Shield.CompleteAsync(ct => X(a, ct), token, TimeSpan.FromSeconds(30))</c>.
/// </summary>
internal sealed class ShieldedCall
{
    private readonly InvocationExpressionSyntax _call;
    private readonly ExpressionSyntax _token;
    private readonly string _parameter;
    private readonly bool _isValueTask;

    private ShieldedCall(InvocationExpressionSyntax call, ExpressionSyntax token, string parameter, bool isValueTask)
    {
        _call = call;
        _token = token;
        _parameter = parameter;
        _isValueTask = isValueTask;
    }

    /// <summary>How the call moves; null where it cannot, or where the library is not referenced.</summary>
    public static ShieldedCall? For(ArgumentSyntax token, FixContext fix)
    {
        if (fix.Guard.Types.Shield is null || token.Parent?.Parent is not InvocationExpressionSyntax call) return null;
        if (call.DescendantNodes().Any(node => node is AwaitExpressionSyntax)
            || call.Ancestors().OfType<ConditionalAccessExpressionSyntax>().Any(access => access.WhenNotNull.Contains(call)))
            return null;
        if (FreeName.At(call, fix, "ct", "cleanupToken", "shieldedToken") is not { } parameter) return null;

        var type = fix.Model.GetTypeInfo(call, fix.CancellationToken).Type;
        var isValueTask = fix.Guard.Awaitables.IsValueTask(type);
        return isValueTask || fix.Guard.Awaitables.IsTask(type) ? new ShieldedCall(call, token.Expression, parameter, isValueTask) : null;
    }

    public void Record(DocumentEdits edits, FixContext fix)
    {
        edits.Replace(_token, current => IdentifierName(_parameter).WithTriviaFrom(current));
        edits.Replace(_call, current =>
        {
            ExpressionSyntax body = ((ExpressionSyntax)current).WithoutTrivia();
            if (_isValueTask)
                body = InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, body,
                    IdentifierName("AsTask")));
            var arrow = Token(TriviaList(Space), SyntaxKind.EqualsGreaterThanToken, TriviaList(Space));
            var lambda = SimpleLambdaExpression(Parameter(Identifier(_parameter)), body).WithArrowToken(arrow);
            var list = ArgumentLists.Append(ArgumentList(SingletonSeparatedList(Argument(lambda))), Argument(_token.WithoutTrivia()));
            list = ArgumentLists.Append(list, Argument(ParseExpression("TimeSpan.FromSeconds(30)")));
            return InvocationExpression(ParseExpression("Shield.CompleteAsync"), list).WithTriviaFrom(current);
        });
        KnownImports.AddTimeSpan(edits, _call, fix);
        KnownImports.Add(fix.Guard.Types.Shield, edits, _call, fix);
    }
}
