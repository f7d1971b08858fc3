#!/usr/bin/env bash
# SDK 10.0.401 with the preview feature runtime-async: [AsyncMethodBuilder(…)] on a method or a lambda is ignored, without a warning.
# The guess: a method that names its own builder keeps its state machine, since the builder is what the attribute asks for, or the compiler refuses the combination.
# Seen: without the feature the builder is created for each call; with it never, and the method works as if the attribute were not there. PoolingAsyncValueTaskMethodBuilder no longer pools, either. The builder of a task type of one's own is still used.
# Why the guess misses it: the runtime makes the tasks of Task and ValueTask itself and knows no builder. A builder that measures, traces or pools is switched off by a line in the project file.
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

for (var call = 0; call < 3; call++) await Work.MethodAsync();
var method = Counted.Created;
var lambda = [AsyncMethodBuilder(typeof(Counted))] async Task () => await Task.Yield();
for (var call = 0; call < 3; call++) await lambda();
var task = Own.Created;
for (var call = 0; call < 3; call++) await Work.OwnAsync();
var pooled = typeof(Work).GetMethod("PooledAsync")!.GetCustomAttribute<AsyncStateMachineAttribute>() is null ? "without" : "with";
Console.WriteLine($".NET {Environment.Version}: builders for a method {method}, for a lambda {Counted.Created - method}, for a type {Own.Created - task}, pooled method {pooled} a state machine");

public static class Work
{
    [AsyncMethodBuilder(typeof(Counted))]
    public static async Task MethodAsync() => await Task.Yield();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask PooledAsync() => await Task.Yield();

    public static async OwnTask OwnAsync() => await Task.Yield();
}

// A builder that counts how often it is made.
public struct Counted
{
    private AsyncTaskMethodBuilder _builder;

    public static int Created { get; private set; }

    public readonly Task Task => _builder.Task;

    public static Counted Create()
    {
        Created++;
        return new Counted { _builder = AsyncTaskMethodBuilder.Create() };
    }

    public void SetResult() => _builder.SetResult();

    public void SetException(Exception exception) => _builder.SetException(exception);

    public void SetStateMachine(IAsyncStateMachine machine) => _builder.SetStateMachine(machine);

    public void Start<T>(ref T machine)
        where T : IAsyncStateMachine => _builder.Start(ref machine);

    public void AwaitOnCompleted<TAwaiter, T>(ref TAwaiter awaiter, ref T machine)
        where TAwaiter : INotifyCompletion
        where T : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref machine);

    public void AwaitUnsafeOnCompleted<TAwaiter, T>(ref TAwaiter awaiter, ref T machine)
        where TAwaiter : ICriticalNotifyCompletion
        where T : IAsyncStateMachine => _builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
}

[AsyncMethodBuilder(typeof(Own))]
public readonly struct OwnTask(Task task)
{
    public TaskAwaiter GetAwaiter() => task.GetAwaiter();
}

// The same for a task type of one's own.
public struct Own
{
    private AsyncTaskMethodBuilder _builder;

    public static int Created { get; private set; }

    public readonly OwnTask Task => new(_builder.Task);

    public static Own Create()
    {
        Created++;
        return new Own { _builder = AsyncTaskMethodBuilder.Create() };
    }

    public void SetResult() => _builder.SetResult();

    public void SetException(Exception exception) => _builder.SetException(exception);

    public void SetStateMachine(IAsyncStateMachine machine) => _builder.SetStateMachine(machine);

    public void Start<T>(ref T machine)
        where T : IAsyncStateMachine => _builder.Start(ref machine);

    public void AwaitOnCompleted<TAwaiter, T>(ref TAwaiter awaiter, ref T machine)
        where TAwaiter : INotifyCompletion
        where T : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref machine);

    public void AwaitUnsafeOnCompleted<TAwaiter, T>(ref TAwaiter awaiter, ref T machine)
        where TAwaiter : ICriticalNotifyCompletion
        where T : IAsyncStateMachine => _builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
}
PROGRAM
    dotnet build -v q -nologo > build.log 2>&1 || { cat build.log; exit 1; }
    grep -c 'warning CS' build.log > /dev/null && { echo "Changed: the compiler warns"; grep 'warning CS' build.log; exit 1; }
    output=$(DOTNET_RuntimeAsync=1 dotnet bin/Debug/net10.0/probe.dll 2>&1)
    echo "runtime-async $feature: $output"
    case $feature in
        off) want="a method 3, for a lambda 3, for a type 3, pooled method with a state machine" ;;
        *) want="a method 0, for a lambda 0, for a type 3, pooled method without a state machine" ;;
    esac
    grep -q "$want" <<< "$output" || { echo "Changed: expected '$want'"; exit 1; }
done
echo "As described."
