using System;
using System.Collections.Generic;
using System.Globalization;

namespace AsyncGuard.Corpus;

/// <summary>What the command line asks for.</summary>
internal sealed record CorpusOptions(string Project, bool AppliesFixes, string? Rule, int Rounds, Dictionary<string, string> Properties, List<string> References)
{
    public static CorpusOptions Parse(string[] arguments)
    {
        var options = new CorpusOptions(arguments[0], false, null, 0, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), []);
        for (var i = 1; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--fixes":
                    options = options with { AppliesFixes = true };
                    break;
                case "--rule":
                    options = options with { Rule = arguments[++i] };
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
}
