using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>How a command ended and what it printed.</summary>
internal sealed partial record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>What the compiler said, each once: <c>warning AGD0101 Orders.cs</c>.</summary>
    public IReadOnlyList<string> Findings =>
        [.. Finding().Matches(Output).Select(match => $"{match.Groups["severity"]} {match.Groups["id"]} {match.Groups["file"]}").Distinct()
        .Order(System.StringComparer.Ordinal)];

    public CommandResult RequireSuccess()
    {
        Assert.True(ExitCode == 0, ToString());
        return this;
    }

    /// <summary>Exactly these findings, in any order.</summary>
    public CommandResult RequireFindings(params string[] expected)
    {
        var wanted = expected.Order(System.StringComparer.Ordinal);
        Assert.True(Findings.SequenceEqual(wanted),
            $"Expected\n  {string.Join("\n  ", wanted)}\nbut found\n  {string.Join("\n  ", Findings)}\n{this}");
        return this;
    }

    public override string ToString() => $"{Command} ended with {ExitCode}:\n{Output}";

    [GeneratedRegex(
        @"(?<file>[^/\\\s(]+)\(\d+,\d+\): (?<severity>warning|error) (?<id>\w+):|(?<file>)(?<severity>warning|error) (?<id>(CS|NU|MSB|AD)\d+):")]
    private static partial Regex Finding();
}
