#!/usr/bin/env bash
# AsyncFixer 2.1.0: the fix of AsyncFixer01 (unnecessary async/await) changes what a program does, in an async void method and in one that sets an AsyncLocal.
# The guess: the rule leaves alone what needs its async: an async void method, whose exception would go elsewhere, and a method whose changes to an AsyncLocal end with it.
# Seen: "async void OnClick() => await SaveAsync()" becomes a method that returns the task, which its caller drops: before, the failure ends the process; after, it is gone.
# "async Task Login(name)", which sets an AsyncLocal and awaits once, becomes a plain method: before, the caller keeps its own value; after, it has the one of Login.
# Why the guess misses it: the rule asks whether the only await is the last statement, and not what else the keyword does. "dotnet format" applies it to the whole solution; the compiler warns of the dropped task (CS4014), and of the other change not at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > sample.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="AsyncFixer" Version="2.1.0" />
  </ItemGroup>
</Project>
PROJECT
cat > program.cs <<'PROGRAM'
public static class Program
{
    private static readonly AsyncLocal<string> User = new();

    private static async Task SaveAsync()
    {
        await Task.Yield();
        throw new InvalidDataException();
    }

    private static async void OnClick() => await SaveAsync();

    private static async Task Login(string name)
    {
        User.Value = name;
        await Task.Delay(1);
    }

    public static async Task Main()
    {
        AppDomain.CurrentDomain.UnhandledException += (_, arguments) =>
        {
            Console.WriteLine($"the failure of OnClick is seen: {arguments.ExceptionObject.GetType().Name}");
            Environment.Exit(0);
        };
        User.Value = "first";
        await Login("second");
        Console.WriteLine($"the user of the caller is {User.Value}");
        OnClick();
        await Task.Delay(5000);
        Console.WriteLine("the failure of OnClick is not seen");
    }
}
PROGRAM
echo "SDK $(dotnet --version), AsyncFixer 2.1.0"
before=$(dotnet run --project sample.csproj 2>&1)
dotnet format analyzers sample.csproj --no-restore --diagnostics AsyncFixer01 --severity info > format.txt 2>&1 || { cat format.txt; exit 1; }
after=$(dotnet run --project sample.csproj 2>&1)
echo "before:"
echo "$before"
echo "after the fix:"
echo "$after"
grep -q 'the user of the caller is first' <<< "$before" || { echo "Changed: the program before"; exit 1; }
grep -q 'the failure of OnClick is seen: InvalidDataException' <<< "$before" || { echo "Changed: the program before"; exit 1; }
grep -q 'the user of the caller is second' <<< "$after" || { echo "Changed: the fix keeps the AsyncLocal"; exit 1; }
grep -q 'the failure of OnClick is not seen' <<< "$after" || { echo "Changed: the fix keeps the failure"; exit 1; }
echo "As described."
