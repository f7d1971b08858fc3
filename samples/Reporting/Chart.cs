using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Reporting;

/// <summary>A plot of results: lines or bars, written as SVG.</summary>
public sealed class Chart
{
    private static readonly OxyColor[] Colors = [OxyColor.Parse("#d1495b"), OxyColor.Parse("#2e7f9f"), OxyColor.Parse("#edae49"),
        OxyColor.Parse("#66a182"), OxyColor.Parse("#6b5b95")];

    private readonly PlotModel _plot;
    private readonly double _height;

    private Chart(string title, double height)
    {
        _height = height;
        _plot = new PlotModel
        {
            Title = title,
            TitleFontSize = 14,
            TitleFontWeight = FontWeights.Normal,
            Background = OxyColors.White,
            DefaultFont = "sans-serif"
        };
        _plot.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomCenter,
            LegendOrientation = LegendOrientation.Horizontal
        });
    }

    /// <summary>Lines over a number, one for each series.</summary>
    public static Chart Lines(string title, string x, string y, params (string Name, IEnumerable<(double X, double Y)> Points)[] series)
    {
        var chart = new Chart(title, height: 400);
        var plot = chart._plot;
        plot.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = x, Minimum = 0, MajorGridlineStyle = LineStyle.Dot });
        plot.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Left,
            Title = y,
            Minimum = 0,
            MaximumPadding = 0.1,
            MajorGridlineStyle = LineStyle.Dot
        });
        foreach (var (name, points) in series)
        {
            var line = new LineSeries { Title = name, Color = Colors[plot.Series.Count], StrokeThickness = 2 };
            line.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y)));
            if (line.Points.Count < 20) line.MarkerType = MarkerType.Circle;
            plot.Series.Add(line);
        }

        return chart;
    }

    /// <summary>Horizontal bars, a group of them for each category, from the top.</summary>
    public static Chart Bars(string title, string value, bool logarithmic, IReadOnlyList<string> categories,
        params (string Name, IReadOnlyList<double> Values)[] series)
    {
        var chart = new Chart(title, height: 130 + (categories.Count * (20 + (22 * series.Length))));
        var plot = chart._plot;
        var names = new CategoryAxis { Position = AxisPosition.Left, StartPosition = 1, EndPosition = 0, GapWidth = 0.4 };
        names.Labels.AddRange(categories);
        plot.Axes.Add(names);

        // A logarithmic axis has no zero to start from: one decade below the least value.
        var start = logarithmic
            ? Math.Pow(10, Math.Floor(Math.Log10(series.SelectMany(one => one.Values).Where(number => number > 0).Min())) - 1) : 0;
        plot.Axes.Add(logarithmic
            ? new LogarithmicAxis
            {
                Position = AxisPosition.Bottom,
                Title = value + " (logarithmic)",
                Minimum = start,
                MaximumPadding = 0.2,
                MajorGridlineStyle = LineStyle.Dot
            }
            : new LinearAxis
            {
                Position = AxisPosition.Bottom,
                Title = value,
                Minimum = 0,
                MaximumPadding = 0.2,
                MajorGridlineStyle = LineStyle.Dot
            });
        foreach (var (name, values) in series)
        {
            var bars = new BarSeries
            {
                Title = name,
                FillColor = Colors[plot.Series.Count],
                BaseValue = start,
                LabelPlacement = LabelPlacement.Outside,
                LabelFormatString = "{0:#,0.#}"
            };
            bars.Items.AddRange(values.Select(number => new BarItem(number)));
            plot.Series.Add(bars);
        }

        return chart;
    }

    internal void Save(string path)
    {
        using var file = File.Create(path);
        new SvgExporter { Width = 800, Height = _height, TextMeasurer = new PixelMeasurer() }.Export(_plot, file);
    }

    // The exporter's own measurer counts in points, and the image in pixels: text would be cut off.
    private sealed class PixelMeasurer() : PdfRenderContext(800, 600, OxyColors.White)
    {
        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            var size = base.MeasureText(text, fontFamily, fontSize, fontWeight);
            return new OxySize(size.Width * 96 / 72, size.Height * 96 / 72);
        }
    }
}
