using Onnx;

class Uses
{
    static async Task Directly(ModelProto model)
    {
        var loaded = ModelProto.Parser.ParseFromFile("a.onnx"); //! AGD0104
        model.WriteToFile("b.onnx"); //! AGD0104
        model.Graph.Clean();
        var name = model.Graph.Name;
        await Task.Yield();
    }

    static async Task Through()
    {
        Load(); //! AGD0105
        await Task.Yield();
    }

    static ModelProto Load() => ModelProto.Parser.ParseFromFile("a.onnx");
}
