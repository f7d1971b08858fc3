using TorchSharp;
using static TorchSharp.torch;

class Uses
{
    static async Task Directly(nn.Module<Tensor, Tensor> module, string path, Tensor input)
    {
        var tensor = torch.load(path); //! AGD0104
        module.save(path); //! AGD0104
        module.load(path); //! AGD0104
        tensor.save(path); //! AGD0104
        var sum = input + input;
        var output = module.forward(input); //? AGD0106
        output.backward(); //? AGD0106
        await Task.Yield();
    }
}
