using System;
using System.Collections.Generic;

namespace AsyncGuard.Corpus;

/// <summary>What the command line asks for.</summary>
internal sealed record CorpusOptions(string Project, bool AppliesFixes, string? Rule, Dictionary<string, string> Properties, List<string> References)
{
    public static CorpusOptions Parse(string[] arguments)
    {
        var options = new CorpusOptions(arguments[0], false, null, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), []);
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
