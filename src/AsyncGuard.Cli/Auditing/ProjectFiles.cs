using System.IO;
using AsyncGuard.Baselines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Cli.Auditing;

/// <summary>The files beside a project that the package's build adds: catalogs (<c>AsyncGuard.*.txt</c>) and the baseline.</summary>
internal static class ProjectFiles
{
    /// <summary>The project with the catalogs beside it, also where it does not reference the package.</summary>
    public static Project WithCatalogs(Project project)
    {
        if (project.FilePath is not { } file || RuleAssemblies.IsReferencedBy(project)) return project;
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(file)!, "AsyncGuard.*.txt"))
        {
            using var stream = File.OpenRead(path);
            project = project.AddAdditionalDocument(Path.GetFileName(path), SourceText.From(stream), filePath: path).Project;
        }

        return project;
    }

    public static string BaselineOf(string projectFile) => Path.Combine(Path.GetDirectoryName(projectFile)!, Baseline.FileName);

    public static Baseline? ReadBaseline(string projectFile)
    {
        var path = BaselineOf(projectFile);
        if (!File.Exists(path)) return null;
        using var stream = File.OpenRead(path);
        return Baseline.Parse(SourceText.From(stream));
    }
}
