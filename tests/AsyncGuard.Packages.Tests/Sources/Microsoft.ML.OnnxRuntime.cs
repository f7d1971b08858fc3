using Microsoft.ML.OnnxRuntime;

class Uses
{
    static async Task Directly(IReadOnlyCollection<NamedOnnxValue> inputs)
    {
        using var session = new InferenceSession("model.onnx"); //! AGD0104
        using var results = session.Run(inputs); //! AGD0106
        await Task.Yield();
    }

    static async Task Through()
    {
        Open(); //! AGD0105
        await Task.Yield();
    }

    static InferenceSession Open() => new("model.onnx");
}
