using LLama;
using LLama.Common;

class Uses
{
    static async Task Directly(ModelParams parameters, CancellationToken token)
    {
        using var weights = LLamaWeights.LoadFromFile(parameters); //! AGD0103
        using var loaded = await LLamaWeights.LoadFromFileAsync(parameters); //! AGD0301
        using var right = await LLamaWeights.LoadFromFileAsync(parameters, token);
    }

    static async Task Through(ModelParams parameters)
    {
        Load(parameters); //! AGD0105
        await Task.Yield();
    }

    static LLamaWeights Load(ModelParams parameters) => LLamaWeights.LoadFromFile(parameters);
}
