using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>Gives the token of a group's child to the calls in it: <c>_ => LoadAsync(id)</c> → <c>ct => LoadAsync(id, ct)</c>.</summary>
internal sealed class ChildToken
{
    private readonly ParameterSyntax _parameter;
    private readonly string _name;
    private readonly List<(InvocationExpressionSyntax Call, TokenArgument? Added, ExpressionSyntax? Replaced)> _calls;

    private ChildToken(ParameterSyntax parameter, string name,
        List<(InvocationExpressionSyntax Call, TokenArgument? Added, ExpressionSyntax? Replaced)> calls)
    {
        _parameter = parameter;
        _name = name;
        _calls = calls;
    }

    public static ChildToken? For(ParameterSyntax parameter, FixContext fix)
    {
        if (parameter.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not { } function
            || LambdaOf(function, fix) is not { } lambda || GroupChild.Of(lambda, fix.Guard) is not { } child)
            return null;

        var name = parameter.Identifier.ValueText is "_" or "" ? TokenNames.Free(function, fix) : parameter.Identifier.Text;
        var calls = new List<(InvocationExpressionSyntax Call, TokenArgument? Added, ExpressionSyntax? Replaced)>();
        foreach (var call in child.CallsWithoutToken(fix.MemberOf(function)))
        {
            if (call.Syntax is not InvocationExpressionSyntax syntax) continue;
            if (child.OuterToken(call)?.Value.Syntax is ExpressionSyntax outer) calls.Add((syntax, null, outer));
            else if (TokenArgument.For(syntax, syntax, TokenNames.None(syntax, fix), fix)?.As(name) is { } added)
                calls.Add((syntax, added, null));
        }

        return calls.Count == 0 ? null : new ChildToken(parameter, name, calls);
    }

    public void Record(DocumentEdits edits)
    {
        if (_parameter.Identifier.Text != _name)
            edits.Replace(_parameter,
                current => ((ParameterSyntax)current).WithIdentifier(Identifier(_name)
                    .WithTriviaFrom(((ParameterSyntax)current).Identifier)));
        foreach (var (call, added, replaced) in _calls)
        {
            if (replaced is not null) edits.Replace(replaced, current => IdentifierName(_name).WithTriviaFrom(current));
            else edits.Replace(call, current => added!.AddTo((InvocationExpressionSyntax)current));
        }
    }

    private static IAnonymousFunctionOperation? LambdaOf(AnonymousFunctionExpressionSyntax function, FixContext fix) =>
        fix.OperationOf(function) is { } operation ? Unwrapped.Delegate(operation) as IAnonymousFunctionOperation : null;
}
