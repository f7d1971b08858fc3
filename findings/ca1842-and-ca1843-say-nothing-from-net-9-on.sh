#!/usr/bin/env bash
# SDK 10.0.401: CA1842 (WhenAll with a single task) and CA1843 (WaitAll with a single task) report for net8.0 and are silent for net9.0 and net10.0.
# The guess: the rules report "await Task.WhenAll(task)" whatever the target framework; one project for several frameworks gets the same warnings for each.
# Seen: the same file, the same language version and the same SDK: two warnings for net8.0, none for net9.0 and net10.0.
# Why the guess misses it: since .NET 9 both calls bind to an overload with "params ReadOnlySpan<Task>", and the rules look for the one with an array. A rule that is switched on, in a build without warnings, does nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.CA1842.severity = warning
dotnet_diagnostic.CA1843.severity = warning
CONFIG
cat > probe.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFrameworks>net8.0;net9.0;net10.0</TargetFrameworks>
    <LangVersion>14</LangVersion>
    <ImplicitUsings>enable</ImplicitUsings>
    <EnableNETAnalyzers>true</EnableNETAnalyzers>
    <RunAnalyzersDuringBuild>true</RunAnalyzersDuringBuild>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
</Project>
PROJECT
cat > Sample.cs <<'SAMPLE'
public static class Sample
{
    public static async Task AwaitAsync(Task task) => await Task.WhenAll(task);

    public static void Wait(Task task) => Task.WaitAll(task);
}
SAMPLE
output=$(dotnet build -nologo -m:1 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
for framework in net8.0 net9.0 net10.0; do
    rules=$(grep "TargetFramework=$framework" <<< "$output" | grep -oE 'CA184[23]' | sort -u | tr '\n' ' ' || true)
    echo "$framework: ${rules:-none}"
    [ "$framework" = net8.0 ] && want='CA1842 CA1843 ' || want=''
    [ "$rules" = "$want" ] || { echo "Changed: expected '$want' for $framework"; exit 1; }
done
echo "As described."
