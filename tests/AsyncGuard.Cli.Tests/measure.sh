#!/usr/bin/env bash
# Time and memory of `asyncguard audit` over a generated solution, as docs/cli.md has them.
#   tests/AsyncGuard.Cli.Tests/measure.sh TOOL [PROJECTS] [CLASSES]
# TOOL is the built asyncguard.dll. Every project references up to four others; every class is a file of about 110 lines, and the first three
# of each project hold a finding. Processor time and peak memory are those of the tool and of the processes it starts, at the same moment;
# both are measured twice, with the projects restored only, and built.
set -euo pipefail

tool=$(realpath "$1") projects=${2:-100} classes=${3:-8}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

class() { # project number, class number, number of a project below
  echo "namespace Part$1;"
  echo "public sealed class Store$2(System.IO.TextWriter log)"
  echo "{"
  for ((m = 0; m < 12; m++)); do
    echo "    public async System.Threading.Tasks.Task<int> Work${m}Async(string path, System.Threading.CancellationToken token)"
    echo "    {"
    echo "        var text = await System.IO.File.ReadAllTextAsync(path, token).ConfigureAwait(false);"
    echo "        await log.WriteLineAsync(text).ConfigureAwait(false);"
    [ "$m" -ne 0 ] || [ "$2" -ge 3 ] || echo "        System.Threading.Thread.Sleep(10);"
    [ "$m" -ne 1 ] || [ "$3" -lt 0 ] || echo "        await new Part$3.Store$2(log).Work1Async(path, token).ConfigureAwait(false);"
    echo "        return Count$m(text);"
    echo "    }"
    echo "    private static int Count$m(string text) => text.Length + $m;"
  done
  echo "}"
}

echo '<Project />' > "$folder/Directory.Build.props"
for ((p = 0; p < projects; p++)); do
  mkdir "$folder/Part$p"
  {
    echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>'
    for step in 1 2 5 11; do
      [ $((p - step)) -lt 0 ] || echo "<ProjectReference Include=\"../Part$((p - step))/Part$((p - step)).csproj\" />"
    done
    echo '</ItemGroup></Project>'
  } > "$folder/Part$p/Part$p.csproj"
  for ((c = 0; c < classes; c++)); do class "$p" "$c" $((p - 1)) > "$folder/Part$p/Store$c.cs"; done
  echo "  <Project Path=\"Part$p/Part$p.csproj\" />"
done > "$folder/projects"
{ echo '<Solution>'; cat "$folder/projects"; echo '</Solution>'; } > "$folder/Large.slnx"
lines=$(cat "$folder"/Part*/*.cs | wc -l)
dotnet restore "$folder/Large.slnx" -v q -nologo

tree() { # the process and all below it
  echo "$1"
  local child
  for child in $(cat /proc/"$1"/task/*/children 2> /dev/null); do tree "$child"; done
}

measure() { # what is said of it
  local start peak=0 sum process kb audit
  start=$(date +%s)
  times > "$folder/before"
  dotnet "$tool" audit "$folder/Large.slnx" --fail-on never > "$folder/output" 2>&1 &
  audit=$!
  while kill -0 $audit 2> /dev/null; do
    sum=0
    for process in $(tree $audit); do
      kb=$(awk '/^VmRSS/ { print $2 }' "/proc/$process/status" 2> /dev/null || true)
      sum=$((sum + ${kb:-0}))
    done
    [ $sum -le $peak ] || peak=$sum
    sleep 0.2
  done
  wait $audit || { tail -5 "$folder/output"; exit 1; }
  times > "$folder/after"
  tail -1 "$folder/output"
  echo "$projects projects, $lines lines, $1: $(($(date +%s) - start)) s at the clock," \
    "$(($(seconds "$folder/after") - $(seconds "$folder/before"))) s of the processor, $((peak / 1024)) MB"
}

seconds() { tail -1 "$1" | sed 's/[ms]/ /g' | awk '{ printf "%.0f", $1 * 60 + $2 + $3 * 60 + $4 }'; }

measure restored
dotnet build "$folder/Large.slnx" -v q -nologo -m:1 -clp:ErrorsOnly
measure built
