using System.Globalization;
using System.Text;

namespace Reporting;

/// <summary>A table of results in Markdown: aligned for the console, and ready for a page.</summary>
public sealed class ResultTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; numbers are written with at most three digits that matter.</summary>
    public void Add(params object[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns", nameof(cells));
        _rows.Add([.. cells.Select(Text)]);
    }

    public override string ToString()
    {
        var widths = columns.Select((column, i) => Math.Max(3, _rows.Select(row => row[i].Length).Append(column.Length).Max())).ToArray();
        var text = new StringBuilder();
        AppendRow(columns);
        AppendRow([.. widths.Select((width, i) => IsNumber(i) ? new string('-', width - 1) + ":" : new string('-', width))]);
        foreach (var row in _rows) AppendRow(row);
        return text.ToString();

        void AppendRow(string[] cells)
        {
            for (var i = 0; i < cells.Length; i++)
                text.Append("| ").Append(IsNumber(i) ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i])).Append(' ');
            text.Append("|\n");
        }
    }

    private bool IsNumber(int column) =>
        _rows.Count > 0 && _rows.All(row => row[column].Length == 0 || char.IsAsciiDigit(row[column][0]) || row[column][0] == '-');

    private static string Text(object cell) => cell switch
    {
        double number => number.ToString(Math.Abs(number) < 10 ? "0.##" : Math.Abs(number) < 100 ? "0.#" : "#,0",
            CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(cell is int or long ? "#,0" : null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
