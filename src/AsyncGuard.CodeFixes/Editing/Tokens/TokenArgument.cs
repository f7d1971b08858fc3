using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// Adds a cancellation token to the arguments of a call: in its place, by name, or behind an array that stood for <c>params</c>; whichever
/// binds.
/// </summary>
internal sealed class TokenArgument
{
    private static readonly SyntaxAnnotation Given = new("AsyncGuard.TokenArgument");

    private readonly string _token;
    private readonly string? _name;
    private readonly int _index;
    private readonly int _wrapFrom;
    private readonly string? _arrayType;

    private TokenArgument(string token, string? name = null, int index = int.MaxValue, int wrapFrom = -1, string? arrayType = null)
    {
        _token = token;
        _name = name;
        _index = index;
        _wrapFrom = wrapFrom;
        _arrayType = arrayType;
    }

    /// <summary>
    /// How <paramref name="call"/>, as it would be written without a token, takes one at the place of <paramref name="original"/>; null
    /// where it cannot.
    /// </summary>
    public static TokenArgument? For(InvocationExpressionSyntax original, InvocationExpressionSyntax call, string token, FixContext fix)
    {
        // What #if switches off is not seen: the token might end up in it.
        if (original.ArgumentList.ContainsDirectives) return null;
        foreach (var way in Ways(original, call, token, fix))
        {
            if (way.Binds(original, call, fix)) return way;
        }

        return null;
    }

    /// <summary>Whether the call takes the token there also where the file belongs to another project.</summary>
    public bool BindsIn(InvocationExpressionSyntax call, FixContext other) => Binds(call, call, other);

    /// <summary>The same place for another token.</summary>
    public TokenArgument As(string token) => new(token, _name, _index, _wrapFrom, _arrayType);

    public InvocationExpressionSyntax AddTo(InvocationExpressionSyntax call)
    {
        if (_wrapFrom >= 0) call = call.WithArgumentList(ArgumentLists.Wrap(call.ArgumentList, _wrapFrom, _arrayType!));

        var argument = Argument(ParseExpression(_token)).WithAdditionalAnnotations(Given);
        if (_name is not null) argument = argument.WithNameColon(NameColon(IdentifierName(_name)).WithTrailingTrivia(Space));
        return call.WithArgumentList(_index < call.ArgumentList.Arguments.Count
            ? ArgumentLists.Insert(call.ArgumentList, _index, argument)
            : ArgumentLists.Append(call.ArgumentList, argument));
    }

    private static IEnumerable<TokenArgument> Ways(InvocationExpressionSyntax original, InvocationExpressionSyntax call, string token,
        FixContext fix)
    {
        var arguments = call.ArgumentList.Arguments;
        var parameters = TokenParameters(original, call, fix);
        if (arguments.All(argument => argument.NameColon is null))
        {
            yield return new TokenArgument(token);

            // Parallel.ForEachAsync(items, token, body)
            foreach (var index in parameters.Select(parameter => parameter.Ordinal).Where(index => index < arguments.Count).Distinct())
                yield return new TokenArgument(token, index: index);
        }

        foreach (var name in parameters.Select(parameter => parameter.Name).Distinct()) yield return new TokenArgument(token, name);

        if (Wrapped(original, arguments.Count, token, fix) is { } wrapped) yield return wrapped;
    }

    // FindAsync(5) → FindAsync(new object[] { 5 }, token)
    private static TokenArgument? Wrapped(InvocationExpressionSyntax original, int count, string token, FixContext fix)
    {
        if (fix.OperationOf(original) is not IInvocationOperation { TargetMethod.Parameters: { Length: > 0 } parameters } call) return null;
        if (parameters[parameters.Length - 1] is not { IsParams: true, Type: IArrayTypeSymbol array } last) return null;

        var isReduced = call.TargetMethod.IsExtensionMethod && call.Arguments[0].Syntax is not ArgumentSyntax;
        var from = isReduced ? last.Ordinal - 1 : last.Ordinal;
        if (count <= from) return null;

        // object?[] only where an item may be null
        var mayBeNull = original.ArgumentList.Arguments.Skip(from)
            .Any(argument =>
            fix.Model.GetTypeInfo(argument.Expression, fix.CancellationToken).Nullability.FlowState == NullableFlowState.MaybeNull);
        var element = mayBeNull || !array.ElementType.IsReferenceType ? array.ElementType
            : array.ElementType.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        return new TokenArgument(token, wrapFrom: from, arrayType: element.ToMinimalDisplayString(fix.Model, original.SpanStart));
    }

    private bool Binds(InvocationExpressionSyntax original, InvocationExpressionSyntax call, FixContext fix)
    {
        if (SpeculativeCall.Bind(original, AddTo(call), fix) is not { } bound || bound.Operation is not { } operation) return false;

        // In params object[], a token is one more object.
        return operation.Arguments.Any(argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter }
            && argument.Syntax.HasAnnotation(Given) && fix.Guard.Tokens.TakesToken(parameter.Type));
    }

    /// <summary>The parameters that take a token in whatever the name of the call stands for.</summary>
    private static IReadOnlyList<IParameterSymbol> TokenParameters(InvocationExpressionSyntax original, InvocationExpressionSyntax call,
        FixContext fix)
    {
        if (SpeculativeCall.Bind(original, call, fix) is not { } bound) return [];
        return bound.Model.GetMemberGroup(bound.Node.Expression, fix.CancellationToken).OfType<IMethodSymbol>()
            .SelectMany(method => method.Parameters).Where(parameter => fix.Guard.Tokens.TakesToken(parameter.Type)).ToList();
    }
}
