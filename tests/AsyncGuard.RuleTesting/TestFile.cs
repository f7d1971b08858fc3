using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>One file of a test, without its markup.</summary>
internal sealed record TestFile(string Path, Markup Markup)
{
    public SourceText Text { get; } = SourceText.From(Markup.Text);
}
