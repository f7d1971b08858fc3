using SharpGLTF.Schema2;

class Uses
{
    static async Task Directly(string path, byte[] bytes)
    {
        var model = ModelRoot.Load(path); //! AGD0104
        var other = ModelRoot.ParseGLB(bytes);
        model.SaveGLB(path); //! AGD0104
        model.SaveGLTF(path); //! AGD0104
        var written = model.WriteGLB();
        await Task.Yield();
    }
}
