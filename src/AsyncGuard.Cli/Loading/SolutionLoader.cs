using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.MSBuild;

namespace AsyncGuard.Cli.Loading;

/// <summary>
/// Loads a solution through MSBuild's design-time build. A project that cannot be loaded does not keep the others from being loaded.
/// </summary>
internal static partial class SolutionLoader
{
    public static async Task<LoadedSolution> LoadAsync(LoadOptions options, TextWriter progress, CancellationToken cancellationToken)
    {
        if (options.Restores) await RestoreAsync(options, progress, cancellationToken).ConfigureAwait(false);

        var workspace = MSBuildWorkspace.Create(options.Properties);
        try
        {
            workspace.SkipUnrecognizedProjects = true;
            var reporter = new LoadProgress(progress);
            if (TargetPath.IsSolution(options.Path))
                await workspace.OpenSolutionAsync(options.Path, reporter, cancellationToken).ConfigureAwait(false);
            else await OpenProjectsAsync(workspace, options.Path, reporter, cancellationToken).ConfigureAwait(false);
            return await CheckAsync(workspace, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or ArgumentException or FormatException or System.Xml.XmlException)
        {
            workspace.Dispose();
            throw new LoadException($"'{Path.GetFileName(options.Path)}' cannot be read: {exception.Message}");
        }

        // What a process that loads projects answers; its type is internal.
        catch (Exception exception) when (exception.GetType().Namespace == typeof(MSBuildWorkspace).Namespace)
        {
            workspace.Dispose();
            throw new LoadException($"'{Path.GetFileName(options.Path)}' cannot be loaded: {ReasonIn(exception.Message)}");
        }
        catch
        {
            workspace.Dispose();
            throw;
        }
    }

    // With what they reference, so that some are there already when their turn is.
    private static async Task OpenProjectsAsync(MSBuildWorkspace workspace, string path, LoadProgress reporter,
        CancellationToken cancellationToken)
    {
        foreach (var file in TargetPath.ProjectsOf(path))
        {
            if (workspace.CurrentSolution.Projects.Any(project => IsFile(project, file))) continue;
            await workspace.OpenProjectAsync(file, reporter, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsFile(Project project, string path) =>
        string.Equals(project.FilePath, path, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static async Task<LoadedSolution> CheckAsync(MSBuildWorkspace workspace, LoadOptions options,
        CancellationToken cancellationToken)
    {
        var failures = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var diagnostic in workspace.Diagnostics.Where(diagnostic => diagnostic.Kind == WorkspaceDiagnosticKind.Failure))
        {
            if (ProjectFile().Match(diagnostic.Message) is { Success: true } named
                && named.Value.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
                failures.TryAdd(Path.GetFullPath(named.Value), FirstLine(diagnostic.Message));
        }

        var loaded = new List<ProjectId>();
        var solution = WithoutMissingAnalyzers(workspace.CurrentSolution);
        foreach (var id in InOrder(solution))
        {
            var project = solution.GetProject(id)!;
            if (project.Language != LanguageNames.CSharp) continue;
            if (await ReasonAgainstAsync(project, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                failures.TryAdd(project.FilePath ?? project.Name, reason);
                continue;
            }

            // A message about a project that can be compiled all the same is no failure.
            failures.Remove(project.FilePath ?? project.Name);
            loaded.Add(id);
        }

        List<ProjectId> wanted =
            [.. loaded.Where(id => !TargetPath.IsProject(options.Path) || IsFile(solution.GetProject(id)!, options.Path))];
        if (wanted.Count == 0)
        {
            var reason = failures.TryGetValue(options.Path, out var own) ? own
                : failures.Count > 0 ? failures.First().Value : "it holds no C# project.";
            throw new LoadException($"Nothing of '{Path.GetFileName(options.Path)}' could be loaded: {reason}");
        }

        // The workspace would keep all projects and what is made of them.
        workspace.CloseSolution();
        return new LoadedSolution(solution, loaded, wanted,
            [.. failures.Select(failure => new LoadFailure(failure.Key, failure.Value))], TargetPath.FolderOf(options.Path), workspace);
    }

    // Analyzers that a project builds for others, and that have not been built: a search for derived types fails on them.
    private static Solution WithoutMissingAnalyzers(Solution solution) =>
        solution.Projects.Where(project => project.AnalyzerReferences.OfType<UnresolvedAnalyzerReference>().Any()).Aggregate(solution,
            (changed, project) => changed.WithProjectAnalyzerReferences(project.Id,
                project.AnalyzerReferences.Where(analyzer => analyzer is not UnresolvedAnalyzerReference)));

    // Those that others reference first, and by name, so that each run goes the same way.
    private static IEnumerable<ProjectId> InOrder(Solution solution)
    {
        var graph = solution.GetProjectDependencyGraph();
        return solution.Projects
            .OrderBy(project => graph.GetProjectsThatThisProjectTransitivelyDependsOn(project.Id).Count)
            .ThenBy(project => project.FilePath, StringComparer.Ordinal)
            .ThenBy(project => project.Name, StringComparer.Ordinal)
            .Select(project => project.Id);
    }

    private static async Task<string?> ReasonAgainstAsync(Project project, CancellationToken cancellationToken)
    {
        if (project.MetadataReferences.Count == 0 && !project.ProjectReferences.Any())
            return "no references were resolved; run 'dotnet restore'";
        // Without its source, where that is not needed for the answer.
        Compilation? compilation = CSharpCompilation.Create(project.AssemblyName, references: project.MetadataReferences);
        if (compilation.GetSpecialType(SpecialType.System_Object).TypeKind == TypeKind.Error)
            compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        return compilation?.GetSpecialType(SpecialType.System_Object) is { TypeKind: not TypeKind.Error } ? null
            : "the framework it targets was not found; run 'dotnet restore'";
    }

    // Only where no assets file exists: a project that has been restored already, perhaps with other arguments, is left as it is.
    private static async Task RestoreAsync(LoadOptions options, TextWriter progress, CancellationToken cancellationToken)
    {
        var open = TargetPath.ProjectsOf(TargetPath.IsSolution(options.Path) ? TargetPath.FolderOf(options.Path) : options.Path)
            .Where(project => !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json"))).ToList();
        if (open.Count == 0) return;
        await progress.WriteLineAsync("Restoring packages …").ConfigureAwait(false);
        foreach (var path in TargetPath.IsSolution(options.Path) ? [options.Path] : open)
            await RestoreAsync(path, progress, cancellationToken).ConfigureAwait(false);
    }

    private static async Task RestoreAsync(string path, TextWriter progress, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", ["restore", path, "-v", "q", "-nologo"])
        {
            WorkingDirectory = TargetPath.FolderOf(path),
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = Process.Start(start) ?? throw new LoadException("'dotnet' could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
            await progress.WriteLineAsync("'dotnet restore' failed: " +
                FirstError(await errors.ConfigureAwait(false) + await output.ConfigureAwait(false))).ConfigureAwait(false);
    }

    // "… was thrown: Error while …. Detailed error: A compatible .NET SDK was not found.", with what is installed below it.
    private static string ReasonIn(string message)
    {
        var start = message.LastIndexOf("Detailed error: ", StringComparison.Ordinal);
        if (start >= 0) message = message[(start + "Detailed error: ".Length)..];
        return string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .TakeWhile(line => !line.StartsWith("Installed SDKs", StringComparison.Ordinal)));
    }

    private static string FirstError(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => line.Contains("error ", StringComparison.Ordinal))
            ?? lines.FirstOrDefault() ?? "it says nothing";
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();

    [GeneratedRegex(@"(?<=['""])[^'""]+proj(?=['""])")]
    private static partial Regex ProjectFile();

    private sealed class LoadProgress(TextWriter output) : IProgress<ProjectLoadProgress>
    {
        public void Report(ProjectLoadProgress value)
        {
            if (value.Operation != ProjectLoadOperation.Resolve) return;
            lock (output) output.WriteLine(
                $"Loaded {Path.GetFileNameWithoutExtension(value.FilePath)}{(value.TargetFramework is { Length: > 0 } framework ? $" ({framework})" : "")}");
        }
    }
}
