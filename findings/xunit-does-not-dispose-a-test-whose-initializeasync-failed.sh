#!/usr/bin/env bash
# xunit.v3 4.0.2: DisposeAsync of a test class does not run when its InitializeAsync has failed; the tear-down of NUnit 5.0.0, MSTest 4.5.3 and TUnit 1.81.10 does.
# The guess: the set-up and the clean-up of IAsyncLifetime are a pair, and the clean-up runs whatever happens, as in the other frameworks.
# Seen: InitializeAsync throws after an await. The test fails and does not run, and DisposeAsync is not called. With a failing SetUp, TestInitialize or Before(Test) the tear-down of the same class runs in the three others.
# Why the guess misses it: the class is an IAsyncDisposable, which the runner has made, and objects that are made are disposed. A set-up that starts a server, a container or a temporary database and then fails to fill it leaves it running for the rest of the run.
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

public sealed class Failing : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Log.Write("xunit: cleaned up after the set-up that failed");
    }

    [Fact]
    public void Body() => Log.Write("xunit: the test ran");
}

public sealed class Passing : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await Task.Yield();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Log.Write("xunit: cleaned up after the set-up that succeeded");
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

public sealed class Failing
{
    [SetUp]
    public async Task SetUp()
    {
        await Task.Yield();
        throw new InvalidOperationException();
    }

    [TearDown]
    public async Task TearDown()
    {
        await Task.Yield();
        Log.Write("nunit: cleaned up after the set-up that failed");
    }

    [Test]
    public void Body() => Log.Write("nunit: the test ran");
}

public sealed class Passing
{
    [SetUp]
    public async Task SetUp()
    {
        await Task.Yield();
    }

    [TearDown]
    public async Task TearDown()
    {
        await Task.Yield();
        Log.Write("nunit: cleaned up after the set-up that succeeded");
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
public sealed class Failing
{
    [TestInitialize]
    public async Task SetUp()
    {
        await Task.Yield();
        throw new InvalidOperationException();
    }

    [TestCleanup]
    public async Task TearDown()
    {
        await Task.Yield();
        Log.Write("mstest: cleaned up after the set-up that failed");
    }

    [TestMethod]
    public void Body() => Log.Write("mstest: the test ran");
}

[TestClass]
public sealed class Passing
{
    [TestInitialize]
    public async Task SetUp()
    {
        await Task.Yield();
    }

    [TestCleanup]
    public async Task TearDown()
    {
        await Task.Yield();
        Log.Write("mstest: cleaned up after the set-up that succeeded");
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
[assembly: NotInParallel]

public sealed class Failing
{
    [Before(Test)]
    public async Task SetUp()
    {
        await Task.Yield();
        throw new InvalidOperationException();
    }

    [After(Test)]
    public async Task TearDown()
    {
        await Task.Yield();
        Log.Write("tunit: cleaned up after the set-up that failed");
    }

    [Test]
    public void Body() => Log.Write("tunit: the test ran");
}

public sealed class Passing
{
    [Before(Test)]
    public async Task SetUp()
    {
        await Task.Yield();
    }

    [After(Test)]
    public async Task TearDown()
    {
        await Task.Yield();
        Log.Write("tunit: cleaned up after the set-up that succeeded");
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
grep -qE '^xunit: cleaned up after the set-up that succeeded' <<< "$output" || { echo "Changed: no line matches '^xunit: cleaned up after the set-up that succeeded'"; exit 1; }
grep -qE '^nunit: cleaned up after the set-up that succeeded' <<< "$output" || { echo "Changed: no line matches '^nunit: cleaned up after the set-up that succeeded'"; exit 1; }
grep -qE '^mstest: cleaned up after the set-up that succeeded' <<< "$output" || { echo "Changed: no line matches '^mstest: cleaned up after the set-up that succeeded'"; exit 1; }
grep -qE '^tunit: cleaned up after the set-up that succeeded' <<< "$output" || { echo "Changed: no line matches '^tunit: cleaned up after the set-up that succeeded'"; exit 1; }
grep -qE '^nunit: cleaned up after the set-up that failed' <<< "$output" || { echo "Changed: no line matches '^nunit: cleaned up after the set-up that failed'"; exit 1; }
grep -qE '^mstest: cleaned up after the set-up that failed' <<< "$output" || { echo "Changed: no line matches '^mstest: cleaned up after the set-up that failed'"; exit 1; }
grep -qE '^tunit: cleaned up after the set-up that failed' <<< "$output" || { echo "Changed: no line matches '^tunit: cleaned up after the set-up that failed'"; exit 1; }
! grep -qE 'the test ran' <<< "$output" || { echo "Changed: a line matches 'the test ran'"; exit 1; }
! grep -qE '^xunit: cleaned up after the set-up that failed' <<< "$output" || { echo "Changed: a line matches '^xunit: cleaned up after the set-up that failed'"; exit 1; }
echo "As described."
