#!/usr/bin/env bash
# Scriban.Signed 7.5.3: Render writes the type name of the task that a function returns, or nothing for a ValueTask; RenderAsync awaits both. A task that fails is not seen by Render.
# The guess: Render waits for the function and writes its value, only with a thread that is held, as the synchronous twin of a method does elsewhere; or it refuses an asynchronous function.
# Seen: Render returns without waiting, with the name of the state machine box as text, for a ValueTask with an empty text, and for a function whose task fails without an exception.
# Why the guess misses it: both methods take the same template and context, and only the asynchronous one looks whether a result can be awaited.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Scriban.Signed" Version="7.5.3" />
  </ItemGroup>
</Project>
PROJECT
cat > program.cs <<'PROGRAM'
using System.Diagnostics;
using Scriban;
using Scriban.Runtime;

Console.WriteLine($".NET {Environment.Version}, Scriban {FileVersionInfo.GetVersionInfo(typeof(Template).Assembly.Location).FileVersion}");

var functions = new ScriptObject();
functions.Import("load", new Func<Task<string>>(Load));
functions.Import("quick", new Func<ValueTask<string>>(async () => await Load()));
functions.Import("fail", new Func<Task<string>>(Fail));

foreach (var name in new[] { "load", "quick", "fail" })
{
    await Show($"Render {name}", context => new ValueTask<string>(Template.Parse($"{{{{ {name} }}}}").Render(context)));
    await Show($"RenderAsync {name}", context => Template.Parse($"{{{{ {name} }}}}").RenderAsync(context));
}

async Task Show(string title, Func<TemplateContext, ValueTask<string>> render)
{
    var context = new TemplateContext();
    context.PushGlobal(functions);
    try
    {
        Console.WriteLine($"{title}: '{await render(context)}'");
    }
    catch (Exception caught)
    {
        Console.WriteLine($"{title}: throws {caught.GetType().Name}");
    }
}

static async Task<string> Load()
{
    await Task.Delay(200);
    return "value";
}

static async Task<string> Fail()
{
    await Task.Delay(200);
    throw new InvalidOperationException();
}
PROGRAM
output=$(dotnet run --project program.csproj 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
echo "$output"
for line in "Render load: 'System\.Runtime\.CompilerServices\.AsyncTaskMethodBuilder" "RenderAsync load: 'value'" "Render quick: ''" "RenderAsync quick: 'value'" \
    "Render fail: 'System\.Runtime\.CompilerServices\.AsyncTaskMethodBuilder" "RenderAsync fail: throws "; do
  grep -qE "^$line" <<< "$output" || { echo "Changed: no line matches '^$line'"; exit 1; }
done
echo "As described."
