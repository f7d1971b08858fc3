using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis;

/// <summary>
/// Tells by the text alone whether a body may hold the processor for long: a loop whose end is not simply that of its data, three loops, or two calls of
/// itself. Wrong only in favour of a closer look.
/// </summary>
internal sealed class WorkScanner(string text)
{
    private const int MaxHeader = 200;

    /// <summary>Whether a stretch that mentions these names is worth a closer look. <paramref name="own"/> is what its member is called.</summary>
    public bool IsIn(TextSpan span, HashSet<string> names, string own)
    {
        if (own.Length > 0 && names.Contains(own) && CallsTwice(span, own)) return true;
        if (!(names.Contains("for") || names.Contains("while") || names.Contains("foreach"))) return false;

        var loops = 0;
        for (var at = span.Start; at < span.End; at++)
        {
            if (!IsLetter(text[at])) continue;
            var start = at;
            while (at < span.End && IsLetter(text[at])) at++;
            var length = at - start;
            if (Is("for", start, length) || Is("while", start, length) || Is("foreach", start, length))
            {
                if (++loops == 3 || IsOpen(start, at, span.End)) return true;
            }
        }

        return false;
    }

    private bool Is(string word, int start, int length) => word.Length == length && string.CompareOrdinal(word, 0, text, start, length) == 0;

    private bool CallsTwice(TextSpan span, string own)
    {
        var found = 0;
        for (var at = text.IndexOf(own, span.Start, span.Length, StringComparison.Ordinal); at >= 0; at = text.IndexOf(own, at, span.End - at, StringComparison.Ordinal))
        {
            var end = at + own.Length;
            if ((at == 0 || !IsLetter(text[at - 1])) && end < span.End && text[end] == '(' && ++found == 2) return true;
            at = end;
        }

        return false;
    }

    // for (…; i < rows.Count; …) and foreach (var row in rows) end with their data
    private bool IsOpen(int start, int at, int end)
    {
        while (at < end && char.IsWhiteSpace(text[at])) at++;
        if (at >= end || text[at] != '(') return false;
        var close = Closing(at, Math.Min(end, at + MaxHeader));
        var header = text.Substring(at + 1, close - at - 1);
        switch (text[start])
        {
            case 'f' when text[start + 3] == 'e':
                return header.Contains("Range(") || header.Contains("Repeat(") || header.Contains("new");
            case 'f':
                var first = header.IndexOf(';');
                var second = first < 0 ? -1 : header.IndexOf(';', first + 1);
                return second < 0 || IsBound(header.Substring(first + 1, second - first - 1));
            default:
                return IsBound(header);
        }
    }

    private static bool IsBound(string condition)
    {
        condition = condition.Trim();
        if (condition.IndexOf('<') < 0 && condition.IndexOf('>') < 0 && condition.IndexOf("!=", StringComparison.Ordinal) < 0) return false;
        return !(condition.EndsWith(".Count", StringComparison.Ordinal) || condition.EndsWith(".Count()", StringComparison.Ordinal) || condition.EndsWith(".Length", StringComparison.Ordinal));
    }

    private int Closing(int open, int end)
    {
        var depth = 0;
        for (var at = open; at < end; at++)
        {
            if (text[at] == '(') depth++;
            else if (text[at] == ')' && --depth == 0) return at;
        }

        return end;
    }

    private static bool IsLetter(char letter) => letter == '_' || char.IsLetterOrDigit(letter);
}
