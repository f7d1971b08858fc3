using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The part of the house style that no option of <c>.editorconfig</c> says; the rest is checked by the build.</summary>
public sealed class HouseStyleTests
{
    private const int Most = 140;

    // A label belongs to the line that it ends.
    private const string Labelled = "tests/AsyncGuard.Packages.Tests/Sources/";

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void ShortStatement_StandsOnTheLineOfItsHeader(string folder)
    {
        var wrong = Checkout.SourcesBelow(folder).Where(path => !path.StartsWith(Labelled, StringComparison.Ordinal))
            .SelectMany(path => Broken(Checkout.Read(path)).Select(line => $"{path}({line})")).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("if (a)\n    return;", true)]
    [InlineData("if (a) return;\nelse\n    b();", true)]
    [InlineData("while (a)\n    b();", true)]
    [InlineData("lock (a)\n    b();", true)]
    [InlineData("if (a) return;\nelse b();", false)]
    [InlineData("if (a)\n{\n    b();\n    c();\n}", false)]
    [InlineData("if (a\n    && b)\n    return;", false)]
    [InlineData("if (a)\n    b(\n        c);", false)]
    [InlineData("if (a) // why\n    return;", false)]
    [InlineData("if (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)\n    "
        + "return bbbbbbbbbbbbbbbbbbbbbbbbbbbb;", false)]
    public void Statement_OnALineOfItsOwn_IsFoundWhereItIsShort(string statement, bool expected) =>
        Assert.Equal(expected, Broken($"class C\n{{\n    void M()\n    {{\n        {statement}\n    }}\n}}\n").Any());

    private static IEnumerable<int> Broken(string code)
    {
        var text = SourceText.From(code);
        var root = CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetRoot();
        foreach (var statement in root.DescendantNodes().OfType<StatementSyntax>().Where(IsEmbedded))
        {
            var first = text.Lines.IndexOf(statement.SpanStart);
            var header = text.Lines.IndexOf(statement.GetFirstToken().GetPreviousToken().SpanStart);
            if (first != header + 1 || text.Lines.IndexOf(statement.Span.End) != first || HasComment(statement)) continue;
            var begin = statement.Parent is ElseClauseSyntax other ? other.SpanStart : statement.Parent!.SpanStart;
            if (text.Lines.IndexOf(begin) == header && text.Lines[header].Span.Length + 1 + statement.Span.Length <= Most)
                yield return header + 1;
        }
    }

    private static bool IsEmbedded(StatementSyntax statement) =>
        statement is not (BlockSyntax or IfStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax
            or DoStatementSyntax or LockStatementSyntax or UsingStatementSyntax or FixedStatementSyntax or SwitchStatementSyntax
            or TryStatementSyntax or EmptyStatementSyntax)
        && statement.Parent is IfStatementSyntax or ElseClauseSyntax or ForStatementSyntax or CommonForEachStatementSyntax
            or WhileStatementSyntax or LockStatementSyntax or UsingStatementSyntax or FixedStatementSyntax;

    private static bool HasComment(StatementSyntax statement) =>
        statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia())
            .Concat(statement.GetFirstToken().GetPreviousToken().TrailingTrivia)
            .Any(trivia => trivia.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia));
}
