using System;
using System.Collections.Generic;
using System.Globalization;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>What the command line asks for.</summary>
/// <param name="Paths">Projects, response files and lists of them.</param>
/// <param name="Parts">What to measure.</param>
/// <param name="Rounds">How often.</param>
/// <param name="Top">How many rules are listed.</param>
/// <param name="WithPeers">Whether the peers are measured beside.</param>
/// <param name="ColdRounds">How often the compiler is run with each package.</param>
/// <param name="Doublings">How often the code is doubled to see how the rules grow with it.</param>
/// <param name="Output">Where the page is written, or null.</param>
/// <param name="Findings">A folder for the findings, or null.</param>
internal sealed record SpeedOptions(
    List<string> Paths, HashSet<string> Parts, int Rounds, int Top, bool WithPeers, int ColdRounds, int Doublings, string? Output,
    string? Findings)
{
    public static SpeedOptions Parse(string[] arguments)
    {
        var options = new SpeedOptions([], ["warm", "cold", "edit", "growth"], Rounds: 3, Top: 12, WithPeers: true, ColdRounds: 3,
            Doublings: 3, Output: null, Findings: null);
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--only" => options with { Parts = [.. arguments[++i].Split(',')] },
                "--rounds" => options with { Rounds = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--top" => options with { Top = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--alone" => options with { WithPeers = false },
                "--cold-rounds" => options with { ColdRounds = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--doublings" => options with { Doublings = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--output" => options with { Output = arguments[++i] },
                "--findings" => options with { Findings = arguments[++i] },
                var path when path.StartsWith("--", StringComparison.Ordinal) => throw new ArgumentException($"'{path}' is not an option."),
                var path => options with { Paths = [.. options.Paths, path] },
            };
        }

        return options;
    }
}
