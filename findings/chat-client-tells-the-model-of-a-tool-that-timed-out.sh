#!/usr/bin/env bash
# Microsoft.Extensions.AI 10.11.0: a tool that ends with a cancellation of its own, such as the time-out of an HttpClient, is reported to the model as "Error: Function failed."; GetResponseAsync succeeds. With the token of the call it throws.
# The guess: a cancellation leaves GetResponseAsync, whoever cancelled; only failures are reported to the model.
# Seen: a time-out of the tool is a failed function like any other, and the answer of the model is the result; the log and FunctionResultContent.Exception have the TaskCanceledException.
# Why the guess misses it: the client asks whether the token of the call has fired, and not what exception it is. A chat whose tools all time out gives answers that the model made up, with no failure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.AI@10.11.0
using Microsoft.Extensions.AI;

Console.WriteLine($".NET {Environment.Version}");
await Show("failure", _ => throw new InvalidOperationException(), CancellationToken.None);
await Show("time-out of the tool", async _ =>
{
    using var limit = new CancellationTokenSource(50);
    await Task.Delay(5000, limit.Token);
}, CancellationToken.None);
using var call = new CancellationTokenSource(50);
await Show("token of the call", token => Task.Delay(5000, token), call.Token);

static async Task Show(string name, Func<CancellationToken, Task> work, CancellationToken token)
{
    var tool = AIFunctionFactory.Create(async (CancellationToken given) =>
    {
        await work(given);
        return "done";
    }, "load");
    var model = new Model();
    using var client = new FunctionInvokingChatClient(model);
    try
    {
        var response = await client.GetResponseAsync("Load it.", new ChatOptions { Tools = [tool] }, token);
        Console.WriteLine($"{name}: answered '{response.Text}', told '{model.Told?.Result}', {model.Told?.Exception?.GetType().Name}");
    }
    catch (OperationCanceledException exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}");
    }
}

// Asks for the tool once, and then answers.
sealed class Model : IChatClient
{
    public FunctionResultContent? Told { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Told = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().LastOrDefault();
        AIContent content = Told is null ? new FunctionCallContent("1", "load") : new TextContent("Loaded.");
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^failure: answered' <<< "$output" || { echo "Changed: no line matches '^failure: answered'"; exit 1; }
grep -qE '^time-out of the tool: answered .*TaskCanceledException$' <<< "$output" || { echo "Changed: no line matches '^time-out of the tool: answered .*TaskCanceledException$'"; exit 1; }
grep -qE '^token of the call: [A-Za-z]*Canceled[A-Za-z]*Exception' <<< "$output" || { echo "Changed: no line matches '^token of the call: [A-Za-z]*Canceled[A-Za-z]*Exception'"; exit 1; }
echo "As described."
