using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Cpu.Patterns;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// A match against a constant regular expression that some texts keep busy for ever: no time-out, no engine that does not go back.
/// </summary>
internal static class BacktrackingCall
{
    // RegexOptions.NonBacktracking and what else reads a pattern differently
    private const int OtherEngine = 1024 | (int)(RegexOptions.RightToLeft | RegexOptions.ECMAScript);

    /// <summary>The pattern, or null where the call is none of these.</summary>
    public static string? PatternOf(IInvocationOperation call, GuardContext guard)
    {
        var method = call.TargetMethod;
        if (!PlatformMembers.Match.Is(method)
            || NamedArgument.Of(call.Arguments, ParameterNames.Input) is not { ConstantValue.HasValue: false })
            return null;
        return method.IsStatic ? Checked(call.Arguments) : OfReceiver(call.Instance, guard);
    }

    /// <summary>Whether a method of <c>Regex</c> with this name looks for the pattern in a text.</summary>
    public static bool IsMatch(string method) =>
        PlatformMembers.Match.IsNamed(method);

    /// <summary>Whether a regular expression is made that such a match may use.</summary>
    public static bool IsPattern(IObjectCreationOperation creation, GuardContext guard) =>
        SymbolEqualityComparer.Default.Equals(creation.Type, guard.Types.Regex) && Checked(creation.Arguments) is not null;

    /// <summary>Whether the member stands for a regular expression that such a match may use: <c>[GeneratedRegex("…")]</c>.</summary>
    public static bool IsGenerated(ISymbol? member, GuardContext guard) =>
        member is not null && guard.Types.GeneratedRegexAttribute is not null && OfGenerated(member, guard) is not null;

    private static string? OfReceiver(IOperation? receiver, GuardContext guard)
    {
        var made = receiver as IObjectCreationOperation ?? InitialValue.Of(receiver, guard) ?? receiver;
        return made switch
        {
            IObjectCreationOperation creation when SymbolEqualityComparer.Default.Equals(creation.Type, guard.Types.Regex) =>
                Checked(creation.Arguments),
            IInvocationOperation { TargetMethod: var method } => OfGenerated(method, guard),
            IPropertyReferenceOperation { Property: var property } => OfGenerated(property, guard),
            _ => null,
        };
    }

    // [GeneratedRegex("…")] private static partial Regex Rows();
    private static string? OfGenerated(ISymbol member, GuardContext guard)
    {
        foreach (var data in member.GetAttributes())
        {
            if (!SymbolEqualityComparer.Default.Equals(data.AttributeClass, guard.Types.GeneratedRegexAttribute)
                || data.ConstructorArguments is not { Length: > 0 } arguments || arguments[0].Value is not string pattern)
                continue;
            var options = arguments.Length > 1 && arguments[1].Value is int given ? given : 0;
            var hasTimeout = arguments.Length > 2 && arguments[2].Value is > 0;
            return hasTimeout ? null : Checked(pattern, options);
        }

        return null;
    }

    private static string? Checked(ImmutableArray<IArgumentOperation> arguments)
    {
        if (NamedArgument.Of(arguments, "matchTimeout") is not null
            || NamedArgument.Of(arguments, ParameterNames.Pattern) is not { ConstantValue: { HasValue: true, Value: string pattern } })
            return null;
        return NamedArgument.Of(arguments, "options") switch
        {
            null => Checked(pattern, 0),
            { ConstantValue: { HasValue: true, Value: int options } } => Checked(pattern, options),
            _ => null,
        };
    }

    private static string? Checked(string pattern, int options) =>
        (options & OtherEngine) == 0 && PatternAmbiguity.IsExponential(pattern, (RegexOptions)options) ? pattern : null;
}
