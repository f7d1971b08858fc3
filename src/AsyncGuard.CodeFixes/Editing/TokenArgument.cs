using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing;

/// <summary>Adds a cancellation token to the arguments of a call: positional, by name, or behind an array that stood for <c>params</c>; whichever binds.</summary>
internal sealed class TokenArgument
{
    private readonly string _token;
    private readonly string? _name;
    private readonly int _wrapFrom;
    private readonly string? _arrayType;

    private TokenArgument(string token, string? name, int wrapFrom = -1, string? arrayType = null)
    {
        _token = token;
        _name = name;
        _wrapFrom = wrapFrom;
        _arrayType = arrayType;
    }

    /// <summary>
    /// How <paramref name="call"/>, as it would be written without a token, takes one at the place of <paramref name="original"/>; null where it cannot.
    /// </summary>
    public static TokenArgument? For(InvocationExpressionSyntax original, InvocationExpressionSyntax call, string token, FixContext fix)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.All(argument => argument.NameColon is null))
        {
            var positional = new TokenArgument(token, name: null);
            if (positional.Binds(original, call, fix)) return positional;
        }

        foreach (var name in TokenParameters(original, call, fix))
        {
            var named = new TokenArgument(token, name);
            if (named.Binds(original, call, fix)) return named;
        }

        // FindAsync(5) → FindAsync(new object[] { 5 }, token)
        if (fix.OperationOf(original) is IInvocationOperation { TargetMethod.Parameters: { Length: > 0 } parameters } && parameters[parameters.Length - 1] is { IsParams: true, Type: IArrayTypeSymbol array })
        {
            var wrapped = new TokenArgument(token, name: null, parameters.Length - 1, array.ElementType.ToMinimalDisplayString(fix.Model, original.SpanStart));
            if (arguments.Count >= parameters.Length && wrapped.Binds(original, call, fix)) return wrapped;
        }

        return null;
    }

    public InvocationExpressionSyntax AddTo(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (_wrapFrom >= 0)
        {
            var items = string.Join(", ", arguments.Skip(_wrapFrom).Select(argument => argument.Expression.ToString()));
            var array = Argument(ParseExpression($"new {_arrayType}[] {{ {items} }}"));
            arguments = SeparatedList<ArgumentSyntax>(arguments.Take(_wrapFrom).Append(array).SelectMany((argument, index) => index == 0 ? new SyntaxNodeOrToken[] { argument } : [Comma, argument]));
        }

        var token = Argument(ParseExpression(_token));
        if (_name is not null) token = token.WithNameColon(NameColon(IdentifierName(_name)).WithTrailingTrivia(Space));
        if (arguments.Count == 0) return call.WithArgumentList(call.ArgumentList.WithArguments(SingletonSeparatedList(token)));

        // One argument per line stays one per line.
        var last = arguments.Last();
        var separator = Comma;
        if (arguments.Count > 1 && arguments.GetSeparator(arguments.Count - 2) is var before && before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            separator = Token(TriviaList(), SyntaxKind.CommaToken, TriviaList(before.TrailingTrivia.Last(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
            token = token.WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        }

        var trailing = last.GetTrailingTrivia();
        var items2 = arguments.Replace(last, last.WithTrailingTrivia()).GetWithSeparators().Add(separator).Add(token.WithTrailingTrivia(trailing));
        return call.WithArgumentList(call.ArgumentList.WithArguments(SeparatedList<ArgumentSyntax>(items2)));
    }

    private static SyntaxToken Comma => Token(TriviaList(), SyntaxKind.CommaToken, TriviaList(Space));

    private bool Binds(InvocationExpressionSyntax original, InvocationExpressionSyntax call, FixContext fix)
    {
        var candidate = AddTo(call);
        if (fix.Model.GetSpeculativeSymbolInfo(original.SpanStart, candidate, SpeculativeBindingOption.BindAsExpression).Symbol is not IMethodSymbol method) return false;

        // In params object[], a token is one more object.
        return method.Parameters.Any(parameter => fix.Guard.Tokens.IsToken(parameter.Type) && (_name is null || parameter.Name == _name));
    }

    private static string[] TokenParameters(InvocationExpressionSyntax original, InvocationExpressionSyntax call, FixContext fix)
    {
        var info = fix.Model.GetSpeculativeSymbolInfo(original.SpanStart, call, SpeculativeBindingOption.BindAsExpression);
        if (info.Symbol is not IMethodSymbol method) return [];
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Prepend(method)
            .SelectMany(candidate => candidate.Parameters).Where(parameter => fix.Guard.Tokens.IsToken(parameter.Type)).Select(parameter => parameter.Name).Distinct().ToArray();
    }
}
