#!/usr/bin/env bash
# FSharp.Core 10.1.403: an async computation that awaits a cancelled task ends as Faulted, not as Canceled; a task computation ends as Canceled.
# The guess: a cancelled task makes the computation that awaits it cancelled, so that StartAsTask gives a task with IsCanceled, as 'task { }' and an async method of C# do.
# Seen: StartAsTask over AwaitTask gives IsFaulted with a TaskCanceledException; Async.Catch hands the cancellation to the program as an ordinary failure; 'task { }' gives IsCanceled.
# Why the guess misses it: async computations have a cancellation of their own, by their own token; that of an awaited task is raised as an exception, and StartAsTask sets it as a failure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.fsproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
    <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="program.fs" />
    <PackageReference Update="FSharp.Core" Version="10.1.403" />
  </ItemGroup>
</Project>
PROJECT
cat > program.fs <<'PROGRAM'
open System
open System.Threading
open System.Threading.Tasks

let cancelled () : Task<int> = Task.FromCanceled<int>(CancellationToken(true))

let show name (work: Task<int>) =
    (work :> IAsyncResult).AsyncWaitHandle.WaitOne() |> ignore
    let inner = if isNull work.Exception then "none" else work.Exception.InnerException.GetType().Name
    printfn $"{name}: {work.Status}, exception {inner}"

printfn $".NET {Environment.Version}, FSharp.Core {typeof<list<int>>.Assembly.GetName().Version}"
show "async" (Async.StartAsTask(async { return! Async.AwaitTask(cancelled ()) }))
show "task" (task { return! cancelled () })

match Async.RunSynchronously(Async.Catch(Async.AwaitTask(cancelled ()))) with
| Choice1Of2 _ -> printfn "Catch: a value"
| Choice2Of2 failure -> printfn $"Catch: {failure.GetType().Name}"
PROGRAM
output=$(dotnet run --project program.fsproj 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^async: Faulted, exception TaskCanceledException' <<< "$output" || { echo "Changed: no line matches '^async: Faulted, exception TaskCanceledException'"; exit 1; }
grep -qE '^task: Canceled, exception none' <<< "$output" || { echo "Changed: no line matches '^task: Canceled, exception none'"; exit 1; }
grep -qE '^Catch: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches '^Catch: TaskCanceledException'"; exit 1; }
echo "As described."
