using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis;

/// <summary>
/// Reads the names in a stretch of source text, without a syntax tree: what stands in comments and strings counts too, which is wrong only in favour of a
/// closer look. Ten times as fast as a walk, and no node is made.
/// </summary>
internal sealed class NameScanner(string text)
{
    private const int Slots = 1024;

    private readonly string?[] _seen = new string?[Slots];

    public void AddNames(TextSpan span, HashSet<string> names)
    {
        var end = span.End;
        for (var at = span.Start; at < end; at++)
        {
            var letter = text[at];
            if (letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' || (letter > 127 && char.IsLetter(letter)))
            {
                var start = at;
                var hash = 0;
                while (at < end && (text[at] == '_' || char.IsLetterOrDigit(text[at]))) hash = (hash * 31) + text[at++];
                Add(Interned(start, at - start, hash), at, end, names);
                at--;
            }
            else if (letter == '[')
            {
                names.Add(CallNames.Indexer);
            }
            else if (letter is '+' or '-' or '*' or '/' or '%' or '&' or '|' or '^' or '!' or '~' or '<' or '>')
            {
                if (at == span.Start || text[at - 1] != '=') names.Add(CallNames.Operator);
            }
            else if (letter is >= '0' and <= '9')
            {
                while (at + 1 < end && char.IsLetterOrDigit(text[at + 1])) at++;
            }
            else if (letter == '=' && at + 1 < end && text[at + 1] == '=')
            {
                names.Add(CallNames.Operator);
            }
        }
    }

    private void Add(string name, int after, int end, HashSet<string> names)
    {
        names.Add(name);
        switch (name)
        {
            case "using":
                names.Add(WellKnownMember.Dispose);
                break;
            case "foreach":
                names.Add("GetEnumerator");
                names.Add("MoveNext");
                names.Add("Current");
                names.Add(WellKnownMember.Dispose);
                break;

            // X x = new();
            case "new":
                while (after < end && char.IsWhiteSpace(text[after])) after++;
                if (after < end && text[after] == '(') names.Add(CallNames.Creation);
                break;
        }
    }

    private string Interned(int start, int length, int hash)
    {
        ref var slot = ref _seen[hash & (Slots - 1)];
        if (slot is not null && slot.Length == length && string.CompareOrdinal(slot, 0, text, start, length) == 0) return slot;
        return slot = text.Substring(start, length);
    }
}
