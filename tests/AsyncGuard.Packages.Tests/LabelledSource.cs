using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AsyncGuard.Packages.Tests;

/// <summary>
/// A source whose lines say what is to be reported on them: <c>//! AGD0103</c> what has to be, <c>//! AGD0103|AGD0104</c> one of two,
/// <c>//? AGD0104</c> what may be.
/// A line without is to be silent.
/// </summary>
internal sealed partial class LabelledSource
{
    private readonly Dictionary<int, (IReadOnlyList<string[]> Wanted, HashSet<string> Allowed)> _labels = new();
    private readonly string[] _lines;

    public LabelledSource(string path)
    {
        Path = path;
        Text = File.ReadAllText(path);
        _lines = Text.Split('\n');
        for (var i = 0; i < _lines.Length; i++)
        {
            if (Label().Match(_lines[i]) is not { Success: true } match) continue;
            var choices = Ids().Matches(_lines[i][match.Index..]).Select(ids => ids.Value.Split('|')).ToList();
            var isWanted = match.Groups[1].Value == "!";
            var allowed = choices.SelectMany(choice => choice).ToHashSet();
            _labels.Add(i, (isWanted ? choices : [], allowed.Count > 0 ? allowed : ["*"]));
        }
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>How many reports are wanted.</summary>
    public int Wanted => _labels.Values.Sum(label => label.Wanted.Count);

    /// <summary>What is missing, and what is reported although no label asks for it; lines are counted from 0.</summary>
    public (IReadOnlyList<string> Missing, IReadOnlyList<string> False) Compare(IReadOnlyCollection<(int Line, string Id)> reported) =>
    (
        [.. _labels.SelectMany(label => label.Value.Wanted.Where(choice => !choice.Any(id => reported.Contains((label.Key, id))))
            .Select(choice => Describe(label.Key, string.Join('|', choice))))],
        [.. reported.Distinct().Where(report => !IsAllowed(report)).Select(report => Describe(report.Line, report.Id))]
    );

    private bool IsAllowed((int Line, string Id) report) =>
        _labels.TryGetValue(report.Line, out var label) && (label.Allowed.Contains(report.Id) || label.Allowed.Contains("*"));

    private string Describe(int line, string id) => $"{System.IO.Path.GetFileName(Path)}({line + 1}): {id}: {_lines[line].Trim()}";

    [GeneratedRegex("//([!?~])")]
    private static partial Regex Label();

    [GeneratedRegex(@"AGD\d{4}(\|AGD\d{4})*")]
    private static partial Regex Ids();
}
