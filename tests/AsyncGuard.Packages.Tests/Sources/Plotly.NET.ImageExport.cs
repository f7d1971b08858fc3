using Plotly.NET;
using Plotly.NET.ImageExport;

class Uses
{
    static async Task Directly(GenericChart chart, Task<string> task)
    {
        chart.SavePNG("chart"); //! AGD0103
        chart.SaveSVG("chart"); //! AGD0103
        var text = chart.ToBase64PNGString(); //! AGD0103
        text = AsyncHelper.taskSync(task); //! AGD0102|AGD0104
        await chart.SavePNGAsync("chart");
    }

    static async Task Through(GenericChart chart)
    {
        Save(chart); //! AGD0105
        await Task.Yield();
    }

    static void Save(GenericChart chart) => chart.SaveJPG("chart");
}
