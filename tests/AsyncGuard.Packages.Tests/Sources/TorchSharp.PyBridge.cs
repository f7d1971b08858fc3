using TorchSharp.PyBridge;
using static TorchSharp.torch;

class Uses
{
    static async Task Directly(nn.Module module, Stream stream, Dictionary<string, Tensor> state)
    {
        module.save_py("model.pth"); //! AGD0104
        module.load_py("model.pth"); //! AGD0104
        module.save_safetensors(stream); //! AGD0104
        module.load_safetensors(stream); //! AGD0104
        var tensors = Safetensors.LoadStateDict("model.safetensors"); //! AGD0104
        Safetensors.SaveStateDict("model.safetensors", state); //! AGD0104
        var table = PyTorchUnpickler.UnpickleStateDict("model.pth"); //! AGD0104
        using var memory = new MemoryStream();
        module.save_py(memory);
        await Task.Yield();
    }

    static async Task Through(nn.Module module)
    {
        Load(module); //! AGD0105
        await Task.Yield();
    }

    static void Load(nn.Module module) => module.load_checkpoint("model.index.json");
}
