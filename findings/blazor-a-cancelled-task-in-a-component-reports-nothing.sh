#!/usr/bin/env bash
# ASP.NET Core 10 (Blazor): a component whose OnInitializedAsync or click handler ends with a cancellation reports nothing, and goes on with its life.
# The guess: a TaskCanceledException, such as that of an HttpClient which has timed out, reaches the error boundary or the log as every other exception does.
# Seen: InvalidDataException reaches the ErrorBoundary. TaskCanceledException does not: OnParametersSetAsync runs next, as if the component had been initialized, and the page says "loading" for ever; after a click, "saving".
# Why the guess misses it: the renderer takes a cancelled task for a component that has been left. The time-out of a request looks the same to it, so that a slow server gives a page that waits, without an error anywhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
#:package bunit@2.15.2
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

Console.WriteLine($".NET {Environment.Version}, Components {typeof(ComponentBase).Assembly.GetName().Version}");
foreach (var isCancellation in new[] { false, true })
{
    Work.IsCancellation = isCancellation;
    var kind = isCancellation ? "time-out" : "failure";
    await using var context = new BunitContext();
    var initialized = context.Render<Bounded<Loading>>();
    await Task.Delay(1000);
    Console.WriteLine($"OnInitializedAsync, {kind}: {initialized.Markup}");

    var clicked = context.Render<Bounded<Saving>>();
    await clicked.Find("button").ClickAsync(new());
    await Task.Delay(1000);
    Console.WriteLine($"click handler, {kind}: {clicked.Markup}");
}

public static class Work
{
    public static bool IsCancellation;

    public static async Task Fail()
    {
        if (!IsCancellation)
        {
            await Task.Delay(20);
            throw new InvalidDataException();
        }

        using var client = new HttpClient(new Silent()) { Timeout = TimeSpan.FromMilliseconds(50) };
        await client.GetStringAsync("http://localhost/");
    }

    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}

public sealed class Loading : ComponentBase
{
    private string _state = "loading";

    protected override async Task OnInitializedAsync()
    {
        await Work.Fail();
        _state = "loaded";
    }

    protected override Task OnParametersSetAsync()
    {
        _state += ", then OnParametersSetAsync";
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _state);
}

public sealed class Saving : ComponentBase
{
    private string _state = "idle";

    private async Task Save()
    {
        _state = "saving";
        await Work.Fail();
        _state = "saved";
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, Save));
        builder.AddContent(2, _state);
        builder.CloseElement();
    }
}

public sealed class Bounded<T> : ComponentBase
    where T : IComponent
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<ErrorBoundary>(0);
        builder.AddAttribute(1, nameof(ErrorBoundary.ChildContent), (RenderFragment)(inner =>
        {
            inner.OpenComponent<T>(0);
            inner.CloseComponent();
        }));
        builder.AddAttribute(2, nameof(ErrorBoundary.ErrorContent), (RenderFragment<Exception>)(exception => inner =>
            inner.AddContent(0, $"error boundary: {exception.GetType().Name}")));
        builder.CloseComponent();
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^OnInitializedAsync, failure: error boundary: InvalidDataException' <<< "$output" || { echo "Changed: no line matches '^OnInitializedAsync, failure: error boundary: InvalidDataException'"; exit 1; }
grep -qE '^click handler, failure: error boundary: InvalidDataException' <<< "$output" || { echo "Changed: no line matches '^click handler, failure: error boundary: InvalidDataException'"; exit 1; }
grep -qE '^OnInitializedAsync, time-out: loading, then OnParametersSetAsync' <<< "$output" || { echo "Changed: no line matches '^OnInitializedAsync, time-out: loading, then OnParametersSetAsync'"; exit 1; }
grep -qE '^click handler, time-out: .*saving' <<< "$output" || { echo "Changed: no line matches '^click handler, time-out: .*saving'"; exit 1; }
echo "As described."
