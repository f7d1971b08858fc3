#!/usr/bin/env bash
# SDK 10.0.401 with the preview feature runtime-async: one await of a user interface over a library that uses ConfigureAwait(false) posts to its SynchronizationContext twice, not once.
# The guess: the lowering changes how a method waits, not how often its context is asked to run something.
# Seen: an application method awaits a library method, which awaits another one and a delay, both with ConfigureAwait(false). With the state machines of the compiler there is one Post, with the feature there are two. The code runs at the same places in both: the library on the pool, the application on the context.
# Why the guess misses it: the places where code runs are the same, and where no method of the chain leaves the context there is one Post in both. A context that counts what is outstanding, as a test of a view does, or a busy message loop, sees twice the messages.
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
var places = new List<string>();
var context = new Context();
SynchronizationContext.SetSynchronizationContext(context);
var task = Application();
SynchronizationContext.SetSynchronizationContext(null);
await task;
Thread.Sleep(300);
Console.WriteLine($".NET {Environment.Version}: {context.Posts} posts; {string.Join(", ", places)}");

async Task Application()
{
    await Library();
    Note("application");
}

async Task Library()
{
    await Inner().ConfigureAwait(false);
    Note("library");
}

async Task Inner()
{
    await Task.Delay(50).ConfigureAwait(false);
    Note("inner");
}

void Note(string name) => places.Add($"{name} on the {(SynchronizationContext.Current is Context ? "context" : "pool")}");

// Runs what is posted on a thread of the pool, under itself.
public sealed class Context : SynchronizationContext
{
    private int _posts;

    public int Posts => _posts;

    public override void Post(SendOrPostCallback callback, object? state)
    {
        Interlocked.Increment(ref _posts);
        ThreadPool.QueueUserWorkItem(_ =>
        {
            SetSynchronizationContext(this);
            callback(state);
        });
    }
}
PROGRAM
    dotnet build -v q -nologo > build.log 2>&1 || { cat build.log; exit 1; }
    output=$(DOTNET_RuntimeAsync=1 dotnet bin/Debug/net10.0/probe.dll 2>&1)
    echo "runtime-async $feature: $output"
    case $feature in off) posts=1 ;; *) posts=2 ;; esac
    want="$posts posts; inner on the pool, library on the pool, application on the context"
    grep -q "$want" <<< "$output" || { echo "Changed: expected '$want'"; exit 1; }
done
echo "As described."
