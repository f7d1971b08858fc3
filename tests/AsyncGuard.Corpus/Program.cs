using System;
using System.IO;
using System.Linq;
using AsyncGuard.Corpus;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host.Mef;

// dotnet run --project tests/AsyncGuard.Corpus -- path/to/Project.csproj [--fixes] [--rule AGD0103] [--speed rounds] [--property Name=Value] [--reference AsyncGuard.Runtime.dll]
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: AsyncGuard.Corpus <project.csproj> [--fixes] [--rule <id or its beginning>] [--speed <rounds>] [--property <name>=<value>] [--reference <assembly>]");
    return 2;
}

var options = CorpusOptions.Parse(args);
var path = Path.GetFullPath(options.Project);
using var workspace = new AdhocWorkspace(MefHostServices.DefaultHost);
var arguments = await CompilerArguments.OfAsync(path, options.Properties);
var info = CommandLineProject.CreateProjectInfo(Path.GetFileNameWithoutExtension(path), LanguageNames.CSharp, arguments, Path.GetDirectoryName(path)!, workspace);
var project = workspace.AddProject(info.WithAnalyzerReferences([]).WithMetadataReferences([.. info.MetadataReferences, .. options.References.Select(path => MetadataReference.CreateFromFile(Path.GetFullPath(path)))]));

if (options.Rounds > 0) return await SpeedRun.RunAsync(project, options, Console.Out) ? 0 : 1;

var run = await CorpusRun.AnalyzeAsync(project, options);
run.Print(Console.Out);
if (!options.AppliesFixes) return run.HasFailed ? 1 : 0;

var broken = await FixCheck.ApplyEachAsync(project, run.Findings, Console.Out);
return run.HasFailed || broken > 0 ? 1 : 0;
