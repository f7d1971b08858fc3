using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AsyncGuard.Corpus;

/// <summary>What the command line asks for.</summary>
/// <param name="Path">A solution or a project; the projects that it references are loaded with it.</param>
/// <param name="AppliesFixes">Whether each offered fix is applied, one by one.</param>
/// <param name="FixesAll">Whether each action is applied to a whole project, twice.</param>
/// <param name="Rules">The rules to look at, by id or its beginning; empty for all.</param>
/// <param name="Excluded">Parts of project names that are left out.</param>
/// <param name="Rounds">Rounds of the speed run; 0 for none.</param>
/// <param name="Properties">Global properties of MSBuild.</param>
/// <param name="References">Assemblies to reference beside those of the projects.</param>
internal sealed record CorpusOptions(
    string Path, bool AppliesFixes, bool FixesAll, List<string> Rules, List<string> Excluded, int Rounds,
    Dictionary<string, string> Properties, List<string> References)
{
    public static CorpusOptions Parse(string[] arguments)
    {
        var options =
            new CorpusOptions(System.IO.Path.GetFullPath(arguments[0]), false, false, [], [], 0, new(StringComparer.OrdinalIgnoreCase), []);
        for (var i = 1; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--fixes":
                    options = options with { AppliesFixes = true };
                    break;
                case "--fix-all":
                    options = options with { FixesAll = true };
                    break;
                case "--rule":
                    options.Rules.AddRange(arguments[++i].Split(','));
                    break;
                case "--exclude":
                    options.Excluded.AddRange(arguments[++i].Split(','));
                    break;
                case "--speed":
                    options = options with { Rounds = int.Parse(arguments[++i], CultureInfo.InvariantCulture) };
                    break;
                case "--property":
                    var pair = arguments[++i].Split('=', 2);
                    options.Properties[pair[0]] = pair[1];
                    break;
                case "--reference":
                    options.References.Add(arguments[++i]);
                    break;
                default:
                    throw new ArgumentException($"'{arguments[i]}' is not an option.");
            }
        }

        return options;
    }

    public bool Wants(string rule) =>
        Rules.Count == 0 ? rule.StartsWith("AGD", StringComparison.Ordinal)
        : Rules.Any(wanted => rule.StartsWith(wanted, StringComparison.Ordinal));

    public bool Wants(IEnumerable<string> rules) => rules.Any(Wants);
}
