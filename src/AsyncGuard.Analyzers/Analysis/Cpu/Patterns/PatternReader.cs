using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AsyncGuard.Analysis.Cpu.Patterns;

/// <summary>
/// Reads a regular expression; what it cannot judge (back references, atomic groups, letters beyond ASCII) makes the whole unreadable.
/// </summary>
internal sealed class PatternReader
{
    private readonly string _pattern;
    private RegexOptions _options;
    private int _at;
    private bool _isUnreadable;

    private PatternReader(string pattern, RegexOptions options)
    {
        _pattern = pattern;
        _options = options;
    }

    private bool IsAtEnd => _at >= _pattern.Length;

    private char Next => _at < _pattern.Length ? _pattern[_at] : '\0';

    public static PatternNode? Read(string pattern, RegexOptions options)
    {
        var reader = new PatternReader(pattern, options);
        var node = reader.ReadChoice();
        return reader._isUnreadable || !reader.IsAtEnd ? null : node;
    }

    private PatternNode ReadChoice()
    {
        var choices = new List<PatternNode> { ReadSequence() };
        while (Takes('|')) choices.Add(ReadSequence());
        return PatternNode.Choice(choices);
    }

    private PatternNode ReadSequence()
    {
        var parts = new List<PatternNode>();
        while (!IsAtEnd && Next != '|' && Next != ')' && !_isUnreadable)
        {
            if (SkipsBlank()) continue;
            if (ReadAtom() is { } atom) parts.Add(ReadRepeats(atom));
        }

        return PatternNode.Sequence(parts);
    }

    private PatternNode? ReadAtom()
    {
        var letter = Next;
        _at++;
        switch (letter)
        {
            case '(':
                return ReadGroup();
            case '[':
                return One(ReadClass());
            case '.':
                return PatternNode.One(Has(RegexOptions.Singleline) ? PatternSet.All : PatternSet.AnyButLineFeed);
            case '^':
                return PatternNode.Condition;
            case '$':
                return PatternNode.End;
            case '\\':
                return ReadEscape();
            default:
                if (letter > 127) _isUnreadable = true;
                return _isUnreadable ? null : One(PatternSet.Of(letter));
        }
    }

    private PatternNode One(PatternSet set) => PatternNode.One(Has(RegexOptions.IgnoreCase) ? set.IgnoringCase() : set);

    private PatternNode? ReadGroup()
    {
        if (!Takes('?')) return ReadGroupBody();
        if (Takes(':')) return ReadGroupBody();
        if (Takes('=') || Takes('!')) return ReadCondition();
        if (Takes('#'))
        {
            while (!IsAtEnd && Next != ')') _at++;
            Expect(')');
            return null;
        }

        if (Next is '<' or '\'')
        {
            var close = Next == '<' ? '>' : '\'';
            _at++;
            if (close == '>' && (Takes('=') || Takes('!'))) return ReadCondition();
            while (!IsAtEnd && Next != close)
            {
                // (?<open-close>…) counts
                if (Next == '-') _isUnreadable = true;
                _at++;
            }

            Expect(close);
            return ReadGroupBody();
        }

        return ReadOptions();
    }

    private PatternNode ReadGroupBody()
    {
        var options = _options;
        var body = ReadChoice();
        _options = options;
        Expect(')');
        return body;
    }

    private PatternNode ReadCondition()
    {
        ReadGroupBody();
        return PatternNode.Condition;
    }

    // (?i), (?is-m:…)
    private PatternNode? ReadOptions()
    {
        var outer = _options;
        var adds = true;
        for (; !IsAtEnd && Next != ':' && Next != ')'; _at++)
        {
            var option = Next switch
            {
                'i' => RegexOptions.IgnoreCase,
                's' => RegexOptions.Singleline,
                'm' => RegexOptions.Multiline,
                'n' => RegexOptions.ExplicitCapture,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
            if (Next == '-') adds = false;
            else if (option == RegexOptions.None) _isUnreadable = true;
            _options = adds ? _options | option : _options & ~option;
        }

        if (Takes(')')) return null;
        Expect(':');
        var body = ReadChoice();
        _options = outer;
        Expect(')');
        return body;
    }

    private PatternNode ReadRepeats(PatternNode atom)
    {
        while (!_isUnreadable)
        {
            var (least, most) = (1, 1);
            if (Takes('*')) (least, most) = (0, int.MaxValue);
            else if (Takes('+')) (least, most) = (1, int.MaxValue);
            else if (Takes('?')) (least, most) = (0, 1);
            else if (Next != '{' || !ReadBounds(ref least, ref most)) return atom;

            // lazy or greedy, all ways are tried where it fails
            Takes('?');
            atom = PatternNode.Repeated(atom, least, most);
        }

        return atom;
    }

    // {3}, {3,}, {3,5}; a brace that is none of these stands for itself
    private bool ReadBounds(ref int least, ref int most)
    {
        var close = _pattern.IndexOf('}', _at);
        if (close < 0) return false;
        var numbers = _pattern.Substring(_at + 1, close - _at - 1).Split(',');
        if (numbers.Length > 2 || !int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)) return false;
        var second = first;
        if (numbers.Length == 2 && numbers[1].Length == 0) second = int.MaxValue;
        else if (numbers.Length == 2 && !int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out second))
            return false;
        (least, most) = (first, second);
        _at = close + 1;
        return true;
    }

    private PatternNode? ReadEscape()
    {
        switch (Next)
        {
            case 'b' or 'B' or 'A' or 'G':
                _at++;
                return PatternNode.Condition;
            case 'z' or 'Z':
                _at++;
                return PatternNode.End;
            default:
                return One(ReadEscapedSet());
        }
    }

    private PatternSet ReadEscapedSet()
    {
        var letter = Next;
        _at++;
        switch (letter)
        {
            case 'd': return PatternSet.Digits;
            case 'D': return PatternSet.Digits.Complement();
            case 'w': return PatternSet.Words;
            case 'W': return PatternSet.Words.Complement();
            case 's': return PatternSet.Spaces;
            case 'S': return PatternSet.Spaces.Complement();
            case 't': return PatternSet.Of('\t');
            case 'n': return PatternSet.Of('\n');
            case 'r': return PatternSet.Of('\r');
            case 'f': return PatternSet.Of('\f');
            case 'v': return PatternSet.Of('\v');
            case 'a': return PatternSet.Of('\a');
            case 'e': return PatternSet.Of('\u001b');
            case 'x': return OfCode(2);
            case 'u': return OfCode(4);
            case > '\0' and <= '\x7f' when !char.IsLetterOrDigit(letter): return PatternSet.Of(letter);
            default:
                _isUnreadable = true;
                return default;
        }
    }

    private PatternSet OfCode(int digits)
    {
        if (_at + digits <= _pattern.Length
            && int.TryParse(_pattern.Substring(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && code <= 127)
        {
            _at += digits;
            return PatternSet.Of((char)code);
        }

        _isUnreadable = true;
        return default;
    }

    private PatternSet ReadClass()
    {
        var isNegated = Takes('^');
        var set = default(PatternSet);
        for (var isFirst = true; !_isUnreadable; isFirst = false)
        {
            if (IsAtEnd)
            {
                _isUnreadable = true;
                break;
            }

            if (Next == ']' && !isFirst) break;
            var start = _at;
            var part = ReadClassPart();
            if (Next == '-' && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']' && SingleAt(start, _at) is { } first)
            {
                _at++;
                var second = _at;
                ReadClassPart();
                if (SingleAt(second, _at) is { } last && last >= first) part = PatternSet.Range(first, last);
                else _isUnreadable = true;
            }

            set |= part;
        }

        Expect(']');
        if (Has(RegexOptions.IgnoreCase)) set = set.IgnoringCase();
        return isNegated ? set.Complement() : set;
    }

    // [a-z-[aeiou]] takes letters away; [[:alpha:]] is no class here
    private PatternSet ReadClassPart()
    {
        var letter = Next;
        _at++;
        if (letter == '\\')
        {
            if (Next != 'b') return ReadEscapedSet();
            _at++;
            return PatternSet.Of('\b');
        }

        if (letter > 127 || letter == '[' && _at > 1 && _pattern[_at - 2] == '-') _isUnreadable = true;
        return _isUnreadable ? default : PatternSet.Of(letter);
    }

    private char? SingleAt(int start, int end)
    {
        if (end - start == 1) return _pattern[start];
        return end - start == 2 && _pattern[start] == '\\' && !char.IsLetterOrDigit(_pattern[start + 1]) ? _pattern[start + 1] : null;
    }

    private bool SkipsBlank()
    {
        if (!Has(RegexOptions.IgnorePatternWhitespace)) return false;
        if (Takes('#'))
        {
            while (!IsAtEnd && Next != '\n') _at++;
            return true;
        }

        if (!char.IsWhiteSpace(Next)) return false;
        _at++;
        return true;
    }

    private bool Has(RegexOptions option) => (_options & option) != 0;

    private bool Takes(char letter)
    {
        if (IsAtEnd || Next != letter) return false;
        _at++;
        return true;
    }

    private void Expect(char letter)
    {
        if (!Takes(letter)) _isUnreadable = true;
    }
}
