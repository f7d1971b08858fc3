#!/usr/bin/env bash
# SDK 10.0.401 with the preview feature runtime-async: the stack trace of an exception that is thrown after a wait names the method that threw and no async method between it and the outermost one.
# The guess: without state machines the traces become shorter and better, with every method that awaits in them.
# Seen: Main awaits Handle, which awaits Load, which awaits Read. With the state machines of the compiler the trace of an exception from Read, thrown after it has waited, names Read, Load and Handle;
# with runtime-async on .NET 10 (DOTNET_RuntimeAsync=1) it names Read and Main alone. An exception that is thrown before the first wait names all of them in both.
# Why the guess misses it: in a short test nothing waits, and the frames are those of ordinary calls. Once a method has been suspended, its callers are continuations, which the trace of .NET 10 does not have.
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
using System.Runtime.CompilerServices;

Console.WriteLine($".NET {Environment.Version}: before a wait {await Trace(false)}; after a wait {await Trace(true)}");

static async Task<string> Trace(bool isWaiting)
{
    try
    {
        await Work.Handle(isWaiting);
        return "";
    }
    catch (InvalidDataException exception)
    {
        return string.Join(", ", new[] { "Read", "Load", "Handle" }.Where(name => exception.StackTrace!.Contains($"Work.{name}(")));
    }
}

public static class Work
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task Handle(bool isWaiting) => await Load(isWaiting);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task Load(bool isWaiting) => await Read(isWaiting);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task Read(bool isWaiting)
    {
        if (isWaiting)
        {
            await Task.Delay(20);
        }

        throw new InvalidDataException();
    }
}
PROGRAM
    dotnet build -v q -nologo > build.log 2>&1 || { cat build.log; exit 1; }
    output=$(DOTNET_RuntimeAsync=1 dotnet bin/Debug/net10.0/probe.dll 2>&1)
    echo "runtime-async $feature: $output"
    case $feature in off) want='before a wait Read, Load, Handle; after a wait Read, Load, Handle$' ;; *) want='before a wait Read, Load, Handle; after a wait Read$' ;; esac
    grep -q "$want" <<< "$output" || { echo "Changed: expected '$want'"; exit 1; }
done
echo "As described."
