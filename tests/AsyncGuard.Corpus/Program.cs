using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncGuard.Cli.Loading;
using AsyncGuard.Corpus;
using Microsoft.CodeAnalysis;

if (args.Length == 0)
{
    Console.Error.WriteLine(
        "usage: AsyncGuard.Corpus <solution or project> [--rule <ids or their beginnings>] [--fixes] [--fix-all] [--speed <rounds>] [--exclude <parts of project names>] [--property <name>=<value>] [--reference <assembly>]");
    return 2;
}

var options = CorpusOptions.Parse(args);
using var loaded =
    await SolutionLoader.LoadAsync(new LoadOptions(options.Path, options.Properties, Restores: true), Console.Error,
    CancellationToken.None);
foreach (var failure in loaded.Failures) Console.WriteLine($"# not loaded: {failure.Project}: {failure.Reason}");
var references = options.References.Select(path => MetadataReference.CreateFromFile(path)).ToList();
var projects =
    loaded.Projects.Where(
    id => !options.Excluded.Exists(part => loaded.Solution.GetProject(id)!.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        .ToList();
var solution = projects.Aggregate(loaded.Solution, (solution, id) => solution.AddMetadataReferences(id, references));

if (options.Rounds > 0) return await SpeedRun.RunAsync(solution.GetProject(projects[^1])!, options, Console.Out) ? 0 : 1;

var hasFailed = false;
var runs = new Dictionary<ProjectId, CorpusRun>();
foreach (var id in projects)
{
    var run = await CorpusRun.AnalyzeAsync(solution.GetProject(id)!, options);
    run.Print(Console.Out);
    runs.Add(id, run);
    hasFailed |= run.HasFailed;
}

Console.WriteLine();
var places = runs.Values.SelectMany(run => run.Findings)
    .GroupBy(finding => finding.Id, finding => (finding.Location.SourceTree!.FilePath, finding.Location.SourceSpan));
foreach (var rule in places.OrderBy(rule => rule.Key)) Console.WriteLine($"{rule.Key}: {rule.Distinct().Count()}");

var table = new FixTable();
if (options.AppliesFixes)
{
    var check = new FixCheck(solution, table, Console.Out);
    foreach (var (id, run) in runs) await check.ApplyEachAsync(id, run.Findings);
    await check.FlushAsync();
}

if (options.FixesAll)
{
    var check = new FixAllCheck(solution, options, table, Console.Out);
    foreach (var (id, run) in runs) await check.ApplyAsync(id, run.Findings);
}

if (options.AppliesFixes || options.FixesAll) table.Print(Console.Out);
return hasFailed || table.HasFailed ? 1 : 0;
