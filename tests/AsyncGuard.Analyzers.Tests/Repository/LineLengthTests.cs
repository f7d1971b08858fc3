using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Lines end at the column that <c>.editorconfig</c> names; a string literal may be longer, because it cannot be broken.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void Line_IsNoLongerThanTheConfiguredLength(string folder)
    {
        var tooLong = Checkout.SourcesBelow(folder).SelectMany(TooLong).ToList();
        Assert.True(tooLong.Count == 0, string.Join('\n', tooLong));
    }

    [Fact]
    public void Length_IsThatOfTheEditorConfiguration() => Assert.Contains($"max_line_length = {Most}\n", Checkout.Read(".editorconfig"));

    private static IEnumerable<string> TooLong(string path)
    {
        var text = SourceText.From(Checkout.Read(path));
        if (!text.Lines.Any(line => line.Span.Length > Most)) yield break;

        var root = CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetRoot();
        foreach (var line in text.Lines)
        {
            if (line.Span.Length > Most && !HoldsLiteral(root, line.Span)) yield return $"{path}({line.LineNumber + 1}): {line.Span.Length} columns";
        }
    }

    // A literal that goes over the last column, a line of a raw string, code that this build leaves out
    private static bool HoldsLiteral(SyntaxNode root, TextSpan line) =>
        root.DescendantTokens(line).Any(token => token.Span.Contains(line.Start + Most) && IsLiteral(token))
        || root.DescendantTrivia(line).Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.FullSpan.IntersectsWith(line));

    private static bool IsLiteral(SyntaxToken token) => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken
        or SyntaxKind.Utf8MultiLineRawStringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken;
}
