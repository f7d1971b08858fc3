using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.RuleTesting;

/// <summary>Writes a test's options as the files that would hold them.</summary>
internal static class AnalyzerConfigFiles
{
    public static ImmutableArray<(string Path, string Text)> Of(RuleTestOptions options)
    {
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        if (!options.EditorConfig.IsEmpty)
            files.Add(("/.editorconfig", "root = true\n[*.cs]\n" + Lines(options.EditorConfig)));
        if (!options.GlobalConfig.IsEmpty)
            files.Add(("/.globalconfig", "is_global = true\n" + Lines(options.GlobalConfig)));
        return files.ToImmutable();
    }

    public static AnalyzerConfigSet? SetOf(RuleTestOptions options) =>
        Of(options) is { IsEmpty: false } files ? AnalyzerConfigSet.Create(files.Select(file => AnalyzerConfig.Parse(file.Text, file.Path)).ToList()) : null;

    private static string Lines(ImmutableDictionary<string, string> options) =>
        string.Concat(options.OrderBy(option => option.Key, System.StringComparer.Ordinal).Select(option => $"{option.Key} = {option.Value}\n"));
}
