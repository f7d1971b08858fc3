using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>
/// Texts use the words of the field: a failure is not observed, where it said that nobody is told; a caller receives or passes, where it
/// said that it is given.
/// </summary>
public sealed partial class PlainWordsTests
{
    // Shows messages as they were.
    private const string House = "docs/house.md";

    [Fact]
    public void Sources_AvoidVagueWords() => RequireNone(
        from path in Checkout.SourcesBelow("src").Concat(Checkout.SourcesBelow("samples"))
        from line in Checkout.Read(path).Split('\n')
        let text = Prose().Match(line)
        where text.Success && Vague().IsMatch(text.Value)
        select $"{path}: {line.Trim()}");

    [Fact]
    public void Pages_AvoidVagueWords() => RequireNone(
        from path in Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/')).Append("README.md").Append("CHANGELOG.md")
        where path != House
        from line in Checkout.Read(path).Split('\n')
        where Vague().IsMatch(line)
        select $"{path}: {line.Trim()}");

    private static void RequireNone(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    // A comment, or a literal that holds a sentence: a word, a space and another word.
    [GeneratedRegex("//.*|\"[^\"]*\\w \\w[^\"]*\"")]
    private static partial Regex Prose();

    [GeneratedRegex(@"\b(told|nobody|somebody|on its way|(is|are|was|were) given|(is|are) meant)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Vague();
}
