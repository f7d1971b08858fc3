#!/usr/bin/env bash
# A `return;` without a value leaves no trace in Roslyn's control flow graph (Microsoft.CodeAnalysis.CSharp 5.0.0).
#
# ControlFlowBranchSemantics has a member Return, so one expects every `return` to be a branch of that kind, and an analysis that treats
# "left in the middle" and "ran to the end" differently would look for it. The graph uses Return only for a `return` with a value.
# `return;` in a void or `async Task` method is a Regular branch to the exit block, the same as falling off the end of the method.
# What tells the two apart is only the syntax.
set -euo pipefail
version=5.0.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > probe.csproj <<X
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="$version" /></ItemGroup>
</Project>
X
cat > Program.cs <<'X'
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

var tree = CSharpSyntaxTree.ParseText("""
    using System.Threading.Tasks;
    class C
    {
        static void Work() { }
        void VoidReturn(bool x) { if (x) { Work(); return; } Work(); }
        async Task TaskReturn(bool x) { await Task.Yield(); if (x) { Work(); return; } Work(); }
        int ValueReturn(bool x) { if (x) { Work(); return 1; } return 2; }
    }
    """);
var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
var references = assemblies.Select(path => MetadataReference.CreateFromFile(path));
var compilation = CSharpCompilation.Create("probe", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
var errors = compilation.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
if (errors > 0) throw new InvalidOperationException("the probe does not compile");

var model = compilation.GetSemanticModel(tree);
var found = new List<string>();
foreach (var method in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Skip(1))
{
    var graph = ControlFlowGraph.Create(method, model)!;
    var exits = graph.Blocks
        .SelectMany(block => new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
        .Where(branch => branch?.Destination?.Kind == BasicBlockKind.Exit)
        .Select(branch => branch!.Semantics.ToString());
    found.Add($"{method.Identifier.ValueText}: {string.Join(", ", exits)}");
}

Console.WriteLine("Microsoft.CodeAnalysis.CSharp " + typeof(CSharpCompilation).Assembly.GetName().Version);
foreach (var line in found) Console.WriteLine(line);
string[] expected = ["VoidReturn: Regular, Regular", "TaskReturn: Regular, Regular", "ValueReturn: Return, Return"];
return found.SequenceEqual(expected) ? 0 : 1;
X
dotnet run --project probe.csproj -v q
