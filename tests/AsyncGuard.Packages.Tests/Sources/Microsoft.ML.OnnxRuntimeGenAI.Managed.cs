using Microsoft.ML.OnnxRuntimeGenAI;

class Uses
{
    static async Task Directly(string path, Generator generator)
    {
        using var model = new Model(path); //! AGD0104
        using var tokenizer = new Tokenizer(model);
        while (!generator.IsDone())
        {
            generator.GenerateNextToken(); //! AGD0106
        }

        await Task.Yield();
    }
}
