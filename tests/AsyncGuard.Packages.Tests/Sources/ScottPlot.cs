using ScottPlot;

class Uses
{
    static async Task Directly(Plot plot, string path)
    {
        plot.Add.Signal(new double[10]);
        plot.SavePng(path, 400, 300); //! AGD0104
        plot.SaveSvg(path, 400, 300); //! AGD0104
        var image = plot.GetImage(400, 300);
        await Task.Yield();
    }
}
