using System.Collections.Generic;
using AsyncGuard.Analysis.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// What a call hands to a counterpart that has the same parameters in another order, or requires one that may be left out of the call. What
/// goes elsewhere goes by name; the arguments stay in the order in which they are evaluated.
/// </summary>
internal sealed class CounterpartArguments
{
    private readonly IMethodSymbol _counterpart;
    private readonly string?[] _names;
    private readonly int _dropped;
    private readonly IReadOnlyList<(string Name, string Value)> _added;

    private CounterpartArguments(IMethodSymbol counterpart, string?[] names, int dropped, IReadOnlyList<(string Name, string Value)> added)
    {
        _counterpart = counterpart;
        _names = names;
        _dropped = dropped;
        _added = added;
    }

    /// <summary>
    /// <code>
    /// Dump(path) → DumpAsync(path, log: false)                  Dump(string path, bool log = false), DumpAsync(string path, bool log)
    /// Send(text, port) → SendAsync(text: text, port: port)      Send(string text, int port), SendAsync(int port, string text)
    /// Commit(true) → CommitAsync()                              where the argument decides whether the call waits
    /// </code>
    /// Null where the counterpart takes other values, or nothing has to be changed.
    /// </summary>
    public static CounterpartArguments? For(IInvocationOperation call, InvocationExpressionSyntax invocation, IMethodSymbol counterpart,
        GuardContext guard)
    {
        var method = call.TargetMethod;
        var written = invocation.ArgumentList.Arguments;
        var names = new string?[written.Count];
        var given = new HashSet<string>();
        var dropped = -1;
        var flag = BlockingFlag.Of(call, guard);
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.ParamArray) return null;
            if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter }
                || IndexOf(argument, written) is not (>= 0 and var index))
                continue;
            if (Same(parameter, counterpart, guard) is { } other)
            {
                if (IsSwapped(parameter, other, index, counterpart)) return null;
                given.Add(other.Name);
                if (written[index].NameColon is not null || other.Ordinal != index || dropped >= 0) names[index] = other.Name;
            }
            else if (flag is not null && SymbolEqualityComparer.Default.Equals(flag, parameter))
            {
                dropped = index;
            }
            else
            {
                return null;
            }
        }

        var added = new List<(string Name, string Value)>();
        foreach (var parameter in counterpart.Parameters)
        {
            if (given.Contains(parameter.Name) || parameter.IsOptional || parameter.IsParams || guard.Tokens.TakesToken(parameter.Type))
                continue;
            if (LeftOut(parameter.Name, method) is not { } own || Same(own, counterpart, guard) is null
                || Written(own, call) is not { } value)
                return null;
            added.Add((parameter.Name, value));
        }

        return new CounterpartArguments(counterpart, names, dropped, added);
    }

    /// <summary>The parameter of the counterpart that takes a token, or null.</summary>
    public static IParameterSymbol? TokenOf(IMethodSymbol counterpart, GuardContext guard)
    {
        foreach (var parameter in counterpart.Parameters)
        {
            if (guard.Tokens.TakesToken(parameter.Type)) return parameter;
        }

        return null;
    }

    /// <summary>Whether the method is the one that the arguments were made for.</summary>
    public bool AreOf(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.OriginalDefinition,
        _counterpart.OriginalDefinition);

    /// <summary>The call with these arguments in the place of its own.</summary>
    public InvocationExpressionSyntax ApplyTo(InvocationExpressionSyntax call)
    {
        var list = call.ArgumentList.Arguments;
        if (list.Count != _names.Length) return call;
        for (var i = 0; i < _names.Length; i++)
        {
            if (_names[i] is { } name) list = list.Replace(list[i], Named(list[i], name));
        }

        if (_dropped >= 0) list = list.RemoveAt(_dropped);
        foreach (var (name, value) in _added)
        {
            var argument = Named(Argument(ParseExpression(value)), name);
            list = list.Count == 0 ? list.Add(argument) : list.Add(argument.WithLeadingTrivia(Space));
        }

        return call.WithArgumentList(call.ArgumentList.WithArguments(list));
    }

    // Move(int from, int to) beside MoveAsync(int to, int from): what stands in its place would be taken as well
    private static bool IsSwapped(IParameterSymbol parameter, IParameterSymbol other, int index, IMethodSymbol counterpart) =>
        other.Ordinal != index && index < counterpart.Parameters.Length
        && SymbolEqualityComparer.Default.Equals(counterpart.Parameters[index].Type, parameter.Type);

    // void Save(string path, bool sync = true) and Save(path): what stands for what was left out
    private static IParameterSymbol? LeftOut(string name, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == name) return parameter is { HasExplicitDefaultValue: true, RefKind: RefKind.None } ? parameter : null;
        }

        return null;
    }

    // By its name and its very type; a token by its type.
    private static IParameterSymbol? Same(IParameterSymbol parameter, IMethodSymbol counterpart, GuardContext guard)
    {
        var isToken = guard.Tokens.TakesToken(parameter.Type);
        foreach (var other in counterpart.Parameters)
        {
            if ((other.Name == parameter.Name || isToken) && other.RefKind == parameter.RefKind
                && SymbolEqualityComparer.Default.Equals(other.Type, parameter.Type)
                && !(parameter.NullableAnnotation == NullableAnnotation.Annotated
                    && other.NullableAnnotation == NullableAnnotation.NotAnnotated))
                return other;
        }

        return null;
    }

    private static int IndexOf(IArgumentOperation argument, SeparatedSyntaxList<ArgumentSyntax> written)
    {
        for (var i = 0; i < written.Count; i++)
        {
            if (written[i].Span.Contains(argument.Syntax.Span)) return i;
        }

        return -1;
    }

    private static string? Written(IParameterSymbol parameter, IInvocationOperation call) => parameter.ExplicitDefaultValue switch
    {
        bool value => value ? "true" : "false",
        null => parameter.Type.IsReferenceType ? "null" : "default",
        string value => SymbolDisplay.FormatLiteral(value, quote: true),
        var value when parameter.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type => Member(type, value, call),
        int value when parameter.Type.SpecialType == SpecialType.System_Int32 => SymbolDisplay.FormatPrimitive(value, true, false),
        _ => null,
    };

    private static string? Member(INamedTypeSymbol type, object value, IInvocationOperation call)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: { } constant } && constant.Equals(value)
                && call.SemanticModel is { } model)
                return $"{type.ToMinimalDisplayString(model, call.Syntax.SpanStart)}.{member.Name}";
        }

        return null;
    }

    private static ArgumentSyntax Named(ArgumentSyntax argument, string name) => argument.NameColon is { } colon
        ? argument.WithNameColon(colon.WithName(IdentifierName(name).WithTriviaFrom(colon.Name)))
        : argument.WithoutLeadingTrivia().WithNameColon(
            NameColon(IdentifierName(name)).WithLeadingTrivia(argument.GetLeadingTrivia()).WithTrailingTrivia(Space));
}
