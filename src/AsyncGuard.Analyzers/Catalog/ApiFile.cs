using System;
using System.Collections.Generic;
using System.IO;

namespace AsyncGuard.Catalog;

/// <summary>
/// Reads a catalog file. A line is <c>documentation id; traits; answer</c>; <c>#</c> starts a comment; the answer may be missing.
/// Beyond plain documentation ids, <c>(*)</c> stands for every overload and a name that ends with <c>*</c> for every name that starts so.
/// </summary>
internal sealed class ApiFile
{
    /// <summary>The word that takes every trait away from an API.</summary>
    private const string NoTraits = "none";

    private static readonly Dictionary<string, ApiTraits> TraitNames = ReadTraitNames();

    private ApiFile(IReadOnlyList<ApiEntry> entries, IReadOnlyList<ApiFileError> errors)
    {
        Entries = entries;
        Errors = errors;
    }

    public IReadOnlyList<ApiEntry> Entries { get; }

    public IReadOnlyList<ApiFileError> Errors { get; }

    public static ApiFile Parse(TextReader text)
    {
        var entries = new List<ApiEntry>();
        var errors = new List<ApiFileError>();
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            var content = WithoutComment(line).Trim();
            if (content.Length == 0) continue;

            if (ParseLine(content, number, out var problem) is { } entry) entries.Add(entry);
            else errors.Add(new ApiFileError(number, problem));
        }

        return new ApiFile(entries, errors);
    }

    // A comment starts a line or follows a space: the # of #ctor does not.
    private static string WithoutComment(string line)
    {
        for (var at = line.IndexOf('#'); at >= 0; at = line.IndexOf('#', at + 1))
        {
            if (at == 0 || char.IsWhiteSpace(line[at - 1])) return line.Substring(0, at);
        }

        return line;
    }

    private static ApiEntry? ParseLine(string content, int line, out string problem)
    {
        var fields = content.Split(';');
        if (fields.Length is < 2 or > 3)
        {
            problem = "expected 'documentation id; traits; answer'";
            return null;
        }

        var traits = ApiTraits.None;
        var words = fields[1].Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            problem = "expected at least one trait";
            return null;
        }

        foreach (var word in words)
        {
            if (word == NoTraits && words.Length == 1) break;
            if (!TraitNames.TryGetValue(word, out var trait))
            {
                problem = $"'{word}' is not a trait";
                return null;
            }

            traits |= trait;
        }

        var answer = fields.Length == 3 ? fields[2].Trim() : "";
        return ParseId(fields[0].Trim(), traits, answer.Length == 0 ? null : answer, line, out problem);
    }

    private static ApiEntry? ParseId(string id, ApiTraits traits, string? answer, int line, out string problem)
    {
        problem = "expected a documentation id such as 'M:System.Threading.Thread.Sleep(System.Int32)'";
        if (id.Length < 3 || id[1] != ':' || "TMPF".IndexOf(id[0]) < 0 || id.IndexOf(' ') >= 0) return null;

        var kind = id[0];
        var name = id.Substring(2);
        if (kind == 'T') return new ApiEntry(id, name, "", null, traits, answer, line);

        string? parameters = "";
        var open = name.IndexOf('(');
        if (open >= 0)
        {
            if (name[name.Length - 1] != ')') return null;
            parameters = name.Substring(open + 1, name.Length - open - 2);
            if (parameters == "*") parameters = null;
            name = name.Substring(0, open);
        }

        var dot = name.LastIndexOf('.');
        if (dot <= 0 || dot == name.Length - 1) return null;
        var member = name.Substring(dot + 1);
        var arity = member.IndexOf('`');
        if (arity >= 0) member = member.Substring(0, arity);
        return new ApiEntry(id, name.Substring(0, dot), member, parameters, traits, answer, line);
    }

    private static Dictionary<string, ApiTraits> ReadTraitNames()
    {
        var names = new Dictionary<string, ApiTraits>(StringComparer.Ordinal);
        foreach (var (name, trait) in ApiTraits.All) names.Add(KebabCase(name), trait);
        return names;
    }

    private static string KebabCase(string name)
    {
        var words = new System.Text.StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append('-');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
