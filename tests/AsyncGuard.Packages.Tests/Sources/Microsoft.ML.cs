using Microsoft.ML;

class Uses
{
    static async Task Directly(MLContext context, IEstimator<ITransformer> pipeline, IDataView data)
    {
        var model = pipeline.Fit(data); //! AGD0106
        context.Model.Save(model, data.Schema, "model.zip"); //! AGD0104
        var loaded = context.Model.Load("model.zip", out _); //! AGD0104
        var view = model.Transform(data);
        await Task.Yield();
    }
}
