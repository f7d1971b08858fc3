using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>
/// A rule of another package that reports what a rule of AsyncGuard reports. Those that only overlap are written in brackets; they are
/// named in the docs and never switched off.
/// The table says what the packages reported on small inputs, in the versions that docs/comparison.md names.
/// </summary>
internal sealed record PeerRule(string Rule, string Id, bool IsEqual)
{
    private static readonly string[] Table =
    [
        "AGD0101 AsyncFixer02 CA1849 MA0042 S4462",
        "AGD0102 AsyncFixer02 CA1849 MA0042 S4462 VSTHRD103",
        "AGD0103 AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103",
        "AGD0105 (MA0045)",
        "AGD0108 S4462 VSTHRD002 (MA0045) (VSTHRD104)",
        "AGD0111 MA0129 VSTHRD107",
        "AGD0201 MA0134 VSTHRD110 (CS4014)",
        "AGD0203 AsyncFixer03 MA0155 S3168 VSTHRD100",
        "AGD0204 AsyncFixer03 MA0147 VSTHRD101",
        "AGD0208 CA2027",
        "AGD0209 AsyncFixer05 (CA2008) (VSTHRD105)",
        "AGD0210 AsyncFixer04 CA2025 MA0100 RCS1229",
        "AGD0217 RCS1229",
        "AGD0301 CA2016 MA0040 S8949",
        "AGD0302 (IDE0060) (RCS1163) (S1172)",
        "AGD0307 (CA2000) (S2930)",
        "AGD0309 CA2016 MA0040 S8949",
        "AGD0310 MA0079 S8949 (CS8425)",
        "AGD0402 MA0022 RCS1210 S4586 VSTHRD114",
        "AGD0403 CA2012 S5034",
        "AGD0407 (CA2008) (VSTHRD105)",
        "AGD0505 MA0042 RCS1261",
        "AGD0601 IDE0390 (CS1998)",
    ];

    public static IReadOnlyList<PeerRule> All { get; } =
    [
        .. from line in Table
           let words = line.Split(' ')
           from word in words.Skip(1)
           select new PeerRule(words[0], word.Trim('(', ')'), word[0] != '('),
    ];

    public Peer Peer => Peer.All.Single(peer => Regex.IsMatch(Id, $"^({peer.Ids})$"));

    public override string ToString() => IsEqual ? Id : $"({Id})";
}
