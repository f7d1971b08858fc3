#!/usr/bin/env bash
# C# 13 and later (SDK 10): one and the same call, Start(() => SaveAsync()) with a SaveAsync that returns a ValueTask, calls another overload than in C# 12, and what it then drops is the ValueTask.
# The guess: [OverloadResolutionPriority(-1)] decides between overloads that are equally good, so a lambda with a result still goes to the Func<T> overload, as it always did, and not to the Action.
# Seen: in C# 12 the attribute is ignored and Func<T> is called. In C# 14 the Action overload is called: it starts the method, drops the ValueTask, and the exception is gone. The warning CS4014 is all that says so. A method group goes to Func<T> in both.
# Why the guess misses it: an expression of any type but a bare value may stand in an Action's lambda, so the Action is applicable; and priorities are looked at before it is asked which overload is better. A library that sets the attribute, to steer explicit type arguments say, changes where lambdas go, for those of its users alone whose language version is new.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir library program
cat > Directory.Build.props <<'PROJECT'
<Project>
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
</Project>
PROJECT
cat > library/library.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk" />
PROJECT
cat > library/Runner.cs <<'PROGRAM'
using System.Runtime.CompilerServices;

public static class Runner
{
    public static void Start(Action work)
    {
        work();
        Console.WriteLine("Action: the result, if any, is gone");
    }

    [OverloadResolutionPriority(-1)]
    public static void Start<T>(Func<T> work) => Console.WriteLine($"Func<{typeof(T).Name}>: the result is there");
}
PROGRAM
cat > program/program.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <LangVersion>$(ProgramVersion)</LangVersion>
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="../library/library.csproj" />
  </ItemGroup>
</Project>
PROJECT
cat > program/Program.cs <<'PROGRAM'
Runner.Start(() => SaveAsync());
Runner.Start(SaveAsync);

static async ValueTask SaveAsync()
{
    await Task.Yield();
    throw new InvalidOperationException("not saved");
}
PROGRAM
echo "SDK $(dotnet --version)"
for version in 12 14; do
    output=$(dotnet run --project program -p:ProgramVersion=$version 2>&1) || { echo "$output"; exit 1; }
    echo "C# $version:"
    echo "$output"
    grep -E "^(Action|Func)" <<< "$output" > "seen$version"
done
diff seen12 - <<< $'Func<ValueTask>: the result is there\nFunc<ValueTask>: the result is there' || { echo "Changed: C# 12 calls another overload"; exit 1; }
diff seen14 - <<< $'Action: the result, if any, is gone\nFunc<ValueTask>: the result is there' || { echo "Changed: C# 14 calls another overload"; exit 1; }
