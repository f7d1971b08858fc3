using Anthropic;
using Anthropic.Models.Messages;

class Uses
{
    static async Task Directly(IAnthropicClient client, MessageCreateParams parameters)
    {
        var message = client.Messages.Create(parameters).Result; //! AGD0102
        using var own = new AnthropicClient(); //! AGD0501
        message = await own.Messages.Create(parameters);
        var model = client.Models.Retrieve("model").GetAwaiter().GetResult(); //! AGD0102
    }

    static async Task Tokens(IAnthropicClient client, MessageCreateParams parameters, CancellationToken token)
    {
        var message = await client.Messages.Create(parameters); //! AGD0301
        message = await client.Messages.Create(parameters, token);
        await foreach (var update in client.Messages.CreateStreaming(parameters)) Console.Write(update); //! AGD0310
        await foreach (var update in client.Messages.CreateStreaming(parameters, token)) Console.Write(update);
    }

    static async Task Through(IAnthropicClient client, MessageCreateParams parameters)
    {
        var message = Ask(client, parameters); //! AGD0105
        await Task.Yield();
    }

    static Message Ask(IAnthropicClient client, MessageCreateParams parameters) => client.Messages.Create(parameters).Result; //! AGD0108
}
