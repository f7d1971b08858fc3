using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Lines end at the column that <c>.editorconfig</c> names; a string literal may be longer, because it cannot be broken.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    // What may follow a literal: ")]
    private const int Closing = 4;

    // A label belongs to the line that it ends.
    private const string Labelled = "tests/AsyncGuard.Packages.Tests/Sources/";

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void Line_IsNoLongerThanTheConfiguredLength(string folder)
    {
        var paths = Checkout.SourcesBelow(folder).Where(path => !path.StartsWith(Labelled, StringComparison.Ordinal));
        var tooLong = paths.SelectMany(TooLong).ToList();
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
            if (line.Span.Length > Most && !HoldsLiteral(root, line.Span))
                yield return $"{path}({line.LineNumber + 1}): {line.Span.Length} columns";
        }
    }

    // A literal that goes over the last column or ends just before it, a line of a raw string, code that this build leaves out
    private static bool HoldsLiteral(SyntaxNode root, TextSpan line) =>
        Enumerable.Range(line.Start + Most - Closing, Closing + 1).Any(at => IsLiteral(root.FindToken(at)))
        || root.DescendantTrivia(line).Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.FullSpan.IntersectsWith(line));

    private static bool IsLiteral(SyntaxToken token) =>
        token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is not null
        || token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken;
}
