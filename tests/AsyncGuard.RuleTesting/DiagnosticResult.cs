using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.RuleTesting;

/// <summary>A diagnostic that a test expects at a location named in markup, <c>{|#0:…|}</c>. Without a location it is expected at none.</summary>
public sealed record DiagnosticResult(string Id)
{
    public DiagnosticResult(DiagnosticDescriptor descriptor)
        : this(descriptor.Id) => Severity = descriptor.DefaultSeverity;

    public ImmutableArray<int> Locations { get; init; } = [];

    public DiagnosticSeverity? Severity { get; init; }

    public string? Message { get; init; }

    public ImmutableArray<string>? Arguments { get; init; }

    /// <summary>The first call names the location, further calls the additional locations; these are compared only where a test names any.</summary>
    public DiagnosticResult WithLocation(int markupKey) => this with { Locations = Locations.Add(markupKey) };

    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    public DiagnosticResult WithMessage(string message) => this with { Message = message };

    public DiagnosticResult WithArguments(params object[] arguments) =>
        this with { Arguments = [.. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "")] };

    /// <summary>The message this asks for, or null where any will do.</summary>
    internal string? MessageFor(DiagnosticDescriptor descriptor)
    {
        if (Arguments is not { } arguments)
            return Message;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture), [.. arguments]);
        }
        catch (FormatException)
        {
            return $"{descriptor.MessageFormat} with {arguments.Length} arguments, which are too few";
        }
    }
}
