#!/usr/bin/env bash
# TUnit 1.81.10: an AsyncLocal value that the constructor of a test class or a synchronous Before(Test) hook sets is not there in the test; with xunit.v3 4.0.2, NUnit 5.0.0 and MSTest 4.5.3 it is.
# The guess: only an async set-up loses such a value, since an async method gives its caller nothing back; what a constructor or a synchronous hook sets is there afterwards.
# Seen: in TUnit both values are lost in the test. xunit.v3 with its constructor and an InitializeAsync that is not marked async, NUnit with SetUp and MSTest with TestInitialize have both.
# Why the guess misses it: the test and each hook run in an execution context that was taken before. A test that sets the current user, tenant, culture of a scope or an ambient transaction in its constructor sees none of it after the move from another framework; TestContext has members that hand the values on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export FINDING_LOG=$folder/log.txt
echo "SDK $(dotnet --version)"
mkdir "$folder/on-nunit"
cat > "$folder/on-nunit/on-nunit.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit><EnableNUnitRunner>true</EnableNUnitRunner>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="NUnit" Version="5.0.0" /><PackageReference Include="NUnit3TestAdapter" Version="6.3.1" /></ItemGroup>
</Project>
PROJECT
cat > "$folder/on-nunit/Tests.cs" <<'PROGRAM'
using NUnit.Framework;

public sealed class Flow
{
    private static readonly AsyncLocal<string> Constructor = new();
    private static readonly AsyncLocal<string> SetUp = new();

    public Flow() => Constructor.Value = "set";

    [SetUp]
    public void Prepare() => SetUp.Value = "set";

    [Test]
    public async Task Body()
    {
        await Task.Yield();
        Log.Write($"nunit: constructor {Constructor.Value ?? "lost"}, synchronous set-up {SetUp.Value ?? "lost"}");
    }
}

public static class Log
{
    public static void Write(string text) => File.AppendAllText(Environment.GetEnvironmentVariable("FINDING_LOG")!, text + "\n");
}
PROGRAM
mkdir "$folder/on-mstest"
cat > "$folder/on-mstest/on-mstest.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit><EnableMSTestRunner>true</EnableMSTestRunner>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="MSTest.TestFramework" Version="4.5.3" /><PackageReference Include="MSTest.TestAdapter" Version="4.5.3" /></ItemGroup>
</Project>
PROJECT
cat > "$folder/on-mstest/Tests.cs" <<'PROGRAM'
using Microsoft.VisualStudio.TestTools.UnitTesting;

[assembly: DoNotParallelize]

[TestClass]
public sealed class Flow
{
    private static readonly AsyncLocal<string> Constructor = new();
    private static readonly AsyncLocal<string> SetUp = new();

    public Flow() => Constructor.Value = "set";

    [TestInitialize]
    public void Prepare() => SetUp.Value = "set";

    [TestMethod]
    public async Task Body()
    {
        await Task.Yield();
        Log.Write($"mstest: constructor {Constructor.Value ?? "lost"}, synchronous set-up {SetUp.Value ?? "lost"}");
    }
}

public static class Log
{
    public static void Write(string text) => File.AppendAllText(Environment.GetEnvironmentVariable("FINDING_LOG")!, text + "\n");
}
PROGRAM
mkdir "$folder/on-tunit"
cat > "$folder/on-tunit/on-tunit.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="TUnit" Version="1.81.10" /></ItemGroup>
</Project>
PROJECT
cat > "$folder/on-tunit/Tests.cs" <<'PROGRAM'
public sealed class Flow
{
    private static readonly AsyncLocal<string> Constructor = new();
    private static readonly AsyncLocal<string> SetUp = new();

    public Flow() => Constructor.Value = "set";

    [Before(Test)]
    public void Prepare() => SetUp.Value = "set";

    [Test]
    public async Task Body()
    {
        await Task.Yield();
        Log.Write($"tunit: constructor {Constructor.Value ?? "lost"}, synchronous set-up {SetUp.Value ?? "lost"}");
    }
}

public static class Log
{
    public static void Write(string text) => File.AppendAllText(Environment.GetEnvironmentVariable("FINDING_LOG")!, text + "\n");
}
PROGRAM
mkdir "$folder/on-xunit"
cat > "$folder/on-xunit/on-xunit.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="xunit.v3" Version="4.0.2" /></ItemGroup>
</Project>
PROJECT
cat > "$folder/on-xunit/Tests.cs" <<'PROGRAM'
using Xunit;

public sealed class Flow : IAsyncLifetime
{
    private static readonly AsyncLocal<string> Constructor = new();
    private static readonly AsyncLocal<string> SetUp = new();

    public Flow() => Constructor.Value = "set";

    public ValueTask InitializeAsync()
    {
        SetUp.Value = "set";
        return default;
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Body()
    {
        await Task.Yield();
        Log.Write($"xunit: constructor {Constructor.Value ?? "lost"}, synchronous set-up {SetUp.Value ?? "lost"}");
    }
}

public static class Log
{
    public static void Write(string text) => File.AppendAllText(Environment.GetEnvironmentVariable("FINDING_LOG")!, text + "\n");
}
PROGRAM
for project in on-xunit on-nunit on-mstest on-tunit; do
    (cd "$folder/$project" && dotnet build -v q -nologo > build.log 2>&1) || { cat "$folder/$project/build.log"; exit 1; }
    (cd "$folder/$project" && dotnet "bin/Debug/net10.0/$project.dll" > run.log 2>&1) || true
done
output=$(sort "$FINDING_LOG")
echo "$output"
grep -qE '^tunit: constructor lost, synchronous set-up lost' <<< "$output" || { echo "Changed: no line matches '^tunit: constructor lost, synchronous set-up lost'"; exit 1; }
grep -qE '^nunit: constructor set, synchronous set-up set' <<< "$output" || { echo "Changed: no line matches '^nunit: constructor set, synchronous set-up set'"; exit 1; }
grep -qE '^mstest: constructor set, synchronous set-up set' <<< "$output" || { echo "Changed: no line matches '^mstest: constructor set, synchronous set-up set'"; exit 1; }
grep -qE '^xunit: constructor set, synchronous set-up set' <<< "$output" || { echo "Changed: no line matches '^xunit: constructor set, synchronous set-up set'"; exit 1; }
echo "As described."
