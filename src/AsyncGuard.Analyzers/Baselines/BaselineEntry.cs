using System;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Baselines;

/// <summary>
/// One line of a baseline: the rule, the documentation id of the member in which it reports, and the text of the reported code without
/// trivia.
/// It holds neither lines nor counts, so that edits elsewhere in the file do not change it, and one line covers every equal report of the
/// member.
/// </summary>
internal readonly struct BaselineEntry(string rule, string member, string code) : IEquatable<BaselineEntry>
{
    private const string Separator = " | ";
    private const string TopLevelCode = "(top-level)";

    public string Rule { get; } = rule;

    public string Member { get; } = member;

    public string Code { get; } = code;

    /// <summary>The entry of a diagnostic, or null where it has no place in a source file.</summary>
    public static BaselineEntry? Of(Diagnostic diagnostic, SemanticModel model, CancellationToken cancellationToken)
    {
        if (diagnostic.Location.SourceTree is not { } tree) return null;
        var root = tree.GetRoot(cancellationToken);
        var span = diagnostic.Location.SourceSpan;
        if (!root.FullSpan.Contains(span)) return null;
        return new BaselineEntry(diagnostic.Id, MemberAt(root.FindNode(span, getInnermostNodeForTie: true), model, cancellationToken),
            CodeIn(root, span));
    }

    /// <summary>The entry that a line of the file holds, or null for a comment, an empty line and one that is no entry.</summary>
    public static BaselineEntry? Parse(string line)
    {
        if (line.Length == 0 || line[0] == '#') return null;
        var first = line.IndexOf(Separator, StringComparison.Ordinal);
        var second = first < 0 ? -1 : line.IndexOf(Separator, first + Separator.Length, StringComparison.Ordinal);
        if (second < 0) return null;
        return new BaselineEntry(
            line.Substring(0, first),
            line.Substring(first + Separator.Length, second - first - Separator.Length),
            line.Substring(second + Separator.Length));
    }

    public bool Equals(BaselineEntry other) => Rule == other.Rule && Member == other.Member && Code == other.Code;

    public override bool Equals(object? obj) => obj is BaselineEntry other && Equals(other);

    public override int GetHashCode() => (Rule.GetHashCode() * 31 + Member.GetHashCode()) * 31 + Code.GetHashCode();

    public override string ToString() => Rule + Separator + Member + Separator + Code;

    private static string MemberAt(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        for (SyntaxNode? at = node; at is not null; at = at.Parent)
        {
            if (at is GlobalStatementSyntax) return TopLevelCode;
            if (at is not (VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } or MemberDeclarationSyntax)) continue;
            if (at is BaseFieldDeclarationSyntax or BaseNamespaceDeclarationSyntax) continue;
            if (model.GetDeclaredSymbol(at, cancellationToken)?.GetDocumentationCommentId() is { } id) return id;
        }

        return TopLevelCode;
    }

    // Token by token: what is written between them does not count.
    private static string CodeIn(SyntaxNode root, Microsoft.CodeAnalysis.Text.TextSpan span)
    {
        var text = new StringBuilder();
        for (var token = root.FindToken(span.Start); token.SpanStart < span.End && !token.IsKind(SyntaxKind.EndOfFileToken);
            token = token.GetNextToken())
        {
            if (text.Length > 0 && NeedsSpace(text[text.Length - 1], token.Text)) text.Append(' ');
            Append(text, token.Text);
        }

        return text.ToString();
    }

    // A string literal may hold lines; the ends of a file's lines are not those of its twin on another system.
    private static void Append(StringBuilder text, string token)
    {
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] == '\r' && i + 1 < token.Length && token[i + 1] == '\n') continue;
            text.Append(token[i] is '\r' or '\n' or '\t' or '\u0085' or '\u2028' or '\u2029' ? ' ' : token[i]);
        }
    }

    private static bool NeedsSpace(char before, string next) => IsWord(before) && next.Length > 0 && IsWord(next[0]);

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '"' or '@' or '$';
}
