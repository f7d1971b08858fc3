#!/usr/bin/env bash
# SDK 10.0.401 with the preview feature runtime-async: an async method carries no AsyncStateMachineAttribute and has no state machine type.
# The guess: the compiler lowers async methods differently, and what reflection says of them stays the same.
# Seen: the attribute and the nested type are gone; MethodImplementationFlags says Async instead. On .NET 10 the program runs with DOTNET_RuntimeAsync=1 alone.
# Why the guess misses it: the attribute names the state machine, and there is none. Frameworks and tests that tell async methods by it, for example to find async work behind a plain delegate, see synchronous ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "SDK $(dotnet --version)"
for feature in off on; do
    mkdir "$folder/$feature"
    cd "$folder/$feature"
    [ "$feature" = on ] && features='<EnablePreviewFeatures>true</EnablePreviewFeatures><Features>$(Features);runtime-async=on</Features><NoWarn>$(NoWarn);SYSLIB5007</NoWarn>' || features=''
    cat > probe.csproj <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    $features
  </PropertyGroup>
</Project>
PROJECT
    cat > Program.cs <<'PROGRAM'
using System.Reflection;
using System.Runtime.CompilerServices;

await Work.RunAsync();
var method = typeof(Work).GetMethod("RunAsync")!;
Console.WriteLine($".NET {Environment.Version}: attribute {method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null}, "
    + $"nested types {typeof(Work).GetNestedTypes(BindingFlags.NonPublic).Length}, flags {method.MethodImplementationFlags}");

static class Work
{
    public static async Task RunAsync() => await Task.Yield();
}
PROGRAM
    dotnet build -v q -nologo > build.log 2>&1 || { cat build.log; exit 1; }
    output=$(DOTNET_RuntimeAsync=1 dotnet bin/Debug/net10.0/probe.dll 2>&1)
    echo "runtime-async $feature: $output"
    case $feature in off) want="attribute True, nested types 1" ;; *) want="attribute False, nested types 0, flags .*Async" ;; esac
    grep -q "$want" <<< "$output" || { echo "Changed: expected '$want'"; exit 1; }
done
echo "As described."
