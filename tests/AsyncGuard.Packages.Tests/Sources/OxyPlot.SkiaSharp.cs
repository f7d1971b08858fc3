using OxyPlot;
using OxyPlot.SkiaSharp;

class Uses
{
    static async Task Directly(PlotModel model, Stream stream, PngExporter exporter)
    {
        PngExporter.Export(model, "a.png", 800, 600); //! AGD0104
        OxyPlot.SkiaSharp.PdfExporter.Export(model, "a.pdf", 800, 600); //! AGD0104
        exporter.Export(model, stream); //! AGD0104
        JpegExporter.Export(model, stream, 800, 600, 90); //! AGD0104
        exporter.Export(model, new MemoryStream());
        model.InvalidatePlot(true);
        await Task.Yield();
    }

    static async Task Through(PlotModel model)
    {
        Draw(model); //! AGD0105
        await Task.Yield();
    }

    static void Draw(PlotModel model) => PngExporter.Export(model, "a.png", 800, 600);
}
