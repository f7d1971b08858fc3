using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AsyncGuard.Corpus;

/// <summary>What became of the fixes, one row for each rule.</summary>
internal sealed class FixTable
{
    private readonly SortedDictionary<string, Row> _rows = [];

    public Row this[string rule] => _rows.TryGetValue(rule, out var row) ? row : _rows[rule] = new Row();

    public bool HasFailed => _rows.Values.Any(row => row.EmitErrors > 0 || row.WarningsAdded > 0 || row.Failed > 0 || row.FixAllRounds > 1);

    public void Print(TextWriter output)
    {
        output.WriteLine("| Rule | Findings | With a fix | Offered | Applied | Emit errors | Warnings added | Fix All | Files, first run | Files, second run |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (rule, row) in _rows)
            output.WriteLine(
                $"| {rule} | {row.Findings} | {row.Fixable} | {row.Offered} | {row.Applied} | {row.EmitErrors} | {row.WarningsAdded} | {row.FixAlls} | {row.FixAllFiles} | {row.FixAllFilesAgain} |");
    }

    internal sealed class Row
    {
        /// <summary>Each place once, in however many target frameworks it is reported.</summary>
        public int Findings { get; set; }

        public int Fixable { get; set; }

        public int Offered { get; set; }

        /// <summary>Those that changed something.</summary>
        public int Applied { get; set; }

        /// <summary>Those that threw.</summary>
        public int Failed { get; set; }

        /// <summary>Fixes after which some target framework has an error that it did not have.</summary>
        public int EmitErrors { get; set; }

        public int WarningsAdded { get; set; }

        /// <summary>Runs of Fix All: one for each action and project that offers it.</summary>
        public int FixAlls { get; set; }

        /// <summary>Files that the first run of each Fix All changed, added up.</summary>
        public int FixAllFiles { get; set; }

        /// <summary>Files that the second run changed: 0 where it finds nothing to do.</summary>
        public int FixAllFilesAgain { get; set; }

        /// <summary>The most runs of one Fix All that changed something: 1 where the second finds nothing to do.</summary>
        public int FixAllRounds { get; set; }
    }
}
