#!/usr/bin/env bash
# Blazor (.NET 10), bunit 2.15.2: OnParametersSetAsync runs again while the run before is pending, and the last one to end wins.
# The guess: the lifecycle methods of one component run one after the other, on the one context of its renderer.
# Seen, with a first load that takes longer than the second: two runs are pending at the same time, and the component shows order 1 for the parameter 2, and goes on showing it.
# Why the guess misses it: the context lets one piece of code run at a time, and an await ends a piece. The framework awaits the task only to render again, and hands new parameters in without waiting for it. What loads by a parameter has to ask after its await whether the parameter is still the same, or to cancel the load before.
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

Console.WriteLine($".NET {Environment.Version}, bunit {typeof(BunitContext).Assembly.GetName().Version}");
await using var context = new BunitContext();
var cut = context.Render<Details>(parameters => parameters.Add(p => p.Id, 1));
cut.Render(parameters => parameters.Add(p => p.Id, 2));
await Task.Delay(1200);
Console.WriteLine($"at the same time: {Details.Most}");
Console.WriteLine($"the parameter is 2, shown: {cut.Markup}");

public sealed class Details : ComponentBase
{
    public static int Most;

    private static int _running;
    private string? _text;

    [Parameter]
    public int Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var id = Id;
        Most = Math.Max(Most, Interlocked.Increment(ref _running));
        await Task.Delay(id == 1 ? 600 : 100);
        _text = "order " + id;
        Interlocked.Decrement(ref _running);
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _text);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^at the same time: 2' <<< "$output" || { echo "Changed: no line matches '^at the same time: 2'"; exit 1; }
grep -qE '^the parameter is 2, shown: order 1' <<< "$output" || { echo "Changed: no line matches '^the parameter is 2, shown: order 1'"; exit 1; }
echo "As described."
