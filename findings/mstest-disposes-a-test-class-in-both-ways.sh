#!/usr/bin/env bash
# MSTest 4.5.3: a test class that implements IAsyncDisposable and IDisposable is disposed twice, first by DisposeAsync and then by Dispose; xunit.v3 4.0.2, NUnit 5.0.0 and TUnit 1.81.10 call DisposeAsync alone.
# The guess: where both are there the asynchronous one is called and the other is not, as "await using", the service provider and ASP.NET Core do it.
# Seen: MSTest calls both, one after the other. The other three call DisposeAsync and nothing else.
# Why the guess misses it: the rule "one of the two" is a convention that each runner has to know. A base class of tests that deletes its folder or stops its server in both, so that any runner may use it, does it twice, and the second time fails after a test that has passed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export FINDING_LOG=$folder/log.txt
echo "SDK $(dotnet --version)"
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

public sealed class Both : IAsyncDisposable, IDisposable
{
    public void Dispose() => Log.Write("xunit: Dispose");

    public ValueTask DisposeAsync()
    {
        Log.Write("xunit: DisposeAsync");
        return default;
    }

    [Fact]
    public void Body()
    {
    }
}

public static class Log
{
    public static void Write(string text) => File.AppendAllText(Environment.GetEnvironmentVariable("FINDING_LOG")!, text + "\n");
}
PROGRAM
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

public sealed class Both : IAsyncDisposable, IDisposable
{
    public void Dispose() => Log.Write("nunit: Dispose");

    public ValueTask DisposeAsync()
    {
        Log.Write("nunit: DisposeAsync");
        return default;
    }

    [Test]
    public void Body()
    {
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
public sealed class Both : IAsyncDisposable, IDisposable
{
    public void Dispose() => Log.Write("mstest: Dispose");

    public ValueTask DisposeAsync()
    {
        Log.Write("mstest: DisposeAsync");
        return default;
    }

    [TestMethod]
    public void Body()
    {
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
public sealed class Both : IAsyncDisposable, IDisposable
{
    public void Dispose() => Log.Write("tunit: Dispose");

    public ValueTask DisposeAsync()
    {
        Log.Write("tunit: DisposeAsync");
        return default;
    }

    [Test]
    public void Body()
    {
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
grep -qE '^xunit: DisposeAsync' <<< "$output" || { echo "Changed: no line matches '^xunit: DisposeAsync'"; exit 1; }
grep -qE '^nunit: DisposeAsync' <<< "$output" || { echo "Changed: no line matches '^nunit: DisposeAsync'"; exit 1; }
grep -qE '^mstest: DisposeAsync' <<< "$output" || { echo "Changed: no line matches '^mstest: DisposeAsync'"; exit 1; }
grep -qE '^tunit: DisposeAsync' <<< "$output" || { echo "Changed: no line matches '^tunit: DisposeAsync'"; exit 1; }
grep -qE '^mstest: Dispose$' <<< "$output" || { echo "Changed: no line matches '^mstest: Dispose$'"; exit 1; }
! grep -qE '^(xunit|nunit|tunit): Dispose$' <<< "$output" || { echo "Changed: a line matches '^(xunit|nunit|tunit): Dispose$'"; exit 1; }
echo "As described."
