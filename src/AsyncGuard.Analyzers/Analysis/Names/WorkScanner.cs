using System;
using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Finds by the text alone whether a body may hold the processor for long: a loop whose end may be a large constant, three loops, or two
/// calls of itself with one less. What it does not see is only seen where it stands in async code itself.
/// </summary>
internal sealed class WorkScanner(string text)
{
    private const int MaxHeader = 200;
    private const int ManyNested = 3;

    private readonly Stack<int> _loops = new();

    /// <summary>
    /// Whether a stretch that mentions these names holds two calls of its member with one less. <paramref name="own"/> is what the member
    /// is called.
    /// </summary>
    public bool RecursIn(TextSpan span, HashSet<string> names, string own) =>
        own.Length > 0 && names.Contains(own) && CallsTwice(span, own);

    /// <summary>Whether a stretch that mentions these names holds a loop that is worth a closer look.</summary>
    public bool LoopsIn(TextSpan span, HashSet<string> names)
    {
        if (!(names.Contains("for") || names.Contains("while") || names.Contains("foreach"))) return false;

        _loops.Clear();
        var depth = 0;
        for (var at = span.Start; at < span.End; at++)
        {
            switch (text[at])
            {
                case '{':
                    depth++;
                    break;
                case '}':
                    depth--;
                    End(depth);
                    break;
                case ';':
                    End(depth);
                    break;
                case var letter when IsLetter(letter):
                    var start = at;
                    while (at < span.End && IsLetter(text[at])) at++;
                    var length = at - start;
                    if (Is("for", start, length) || Is("while", start, length) || Is("foreach", start, length))
                    {
                        _loops.Push(depth);
                        if (_loops.Count == ManyNested || IsOpen(start, at, span)) return true;
                        while (at < span.End && char.IsWhiteSpace(text[at])) at++;
                        if (at < span.End && text[at] == '(') at = Closing(at, Math.Min(span.End, at + MaxHeader));
                    }

                    at--;
                    break;
            }
        }

        return false;
    }

    // A statement ends, and with it the loops that it is the body of.
    private void End(int depth)
    {
        while (_loops.Count > 0 && _loops.Peek() >= depth) _loops.Pop();
    }

    private bool Is(string word, int start, int length) =>
        word.Length == length && string.CompareOrdinal(word, 0, text, start, length) == 0;

    private bool CallsTwice(TextSpan span, string own)
    {
        var found = 0;
        for (var at = text.IndexOf(own, span.Start, span.Length, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(own, at, span.End - at, StringComparison.Ordinal))
        {
            var end = at + own.Length;
            if ((at == 0 || !IsLetter(text[at - 1])) && end < span.End && text[end] == '('
                && HasLess(end, Closing(end, Math.Min(span.End, end + MaxHeader))) && ++found == 2)
                return true;
            at = end;
        }

        return false;
    }

    // n - 1
    private bool HasLess(int start, int end)
    {
        for (var at = text.IndexOf('-', start, end - start); at >= 0; at = text.IndexOf('-', at + 1, end - at - 1))
        {
            var next = at + 1;
            while (next < end && text[next] == ' ') next++;
            if (next < end && char.IsDigit(text[next])) return true;
        }

        return false;
    }

    // for (…; i < rows.Count; …) and foreach (var row in rows) end with their data
    private bool IsOpen(int start, int at, TextSpan span)
    {
        var end = span.End;
        while (at < end && char.IsWhiteSpace(text[at])) at++;
        if (at >= end || text[at] != '(') return false;
        var close = Closing(at, Math.Min(end, at + MaxHeader));
        var header = text.Substring(at + 1, close - at - 1);
        switch (text[start])
        {
            case 'f' when text[start + 3] == 'e':
                return CollectionNames.Generates(header) || header.Contains("new");
            case 'f':
                var first = header.IndexOf(';');
                var second = first < 0 ? -1 : header.IndexOf(';', first + 1);
                return second < 0 || IsBound(header.Substring(first + 1, second - first - 1), span);
            default:
                return IsBound(header, span);
        }
    }

    // i < 1000, i < Size, i < int.MaxValue; a variable may stand for a number where there is one
    private bool IsBound(string condition, TextSpan span)
    {
        var bound = condition.Substring(condition.LastIndexOfAny(['<', '>', '=']) + 1).Trim();
        if (bound.Length == 0 || bound.Length == condition.Trim().Length) return false;
        if (char.IsDigit(bound[0])) return bound.Length > 2;
        if (CollectionNames.EndsWithSize(bound)) return false;
        return char.IsUpper(bound[0]) || CollectionNames.EndsWithLimit(bound) || HasLargeNumber(span);
    }

    private bool HasLargeNumber(TextSpan span)
    {
        for (var at = span.Start; at < span.End; at++)
        {
            if (!char.IsDigit(text[at]) || (at > 0 && IsLetter(text[at - 1]))) continue;
            var start = at;
            while (at < span.End && IsLetter(text[at])) at++;
            if (at - start > 2) return true;
        }

        return false;
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
