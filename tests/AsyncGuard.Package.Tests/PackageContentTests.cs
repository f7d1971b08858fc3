using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace AsyncGuard.Package.Tests;

public sealed class PackageContentTests(PackageFeed feed)
{
    private const string AnalyzersPath = "analyzers/dotnet/cs/AsyncGuard.Analyzers.dll";
    private const string FixesPath = "analyzers/dotnet/cs/AsyncGuard.CodeFixes.dll";

    [Fact]
    public void Packing_PrintsNoWarning() => Assert.DoesNotContain("warning", feed.Packing.Output, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Files_AreExactlyThese()
    {
        using var package = feed.OpenPackage();
        var files = package.Entries.Select(entry => entry.FullName)
            .Where(path => !path.StartsWith("_rels/", StringComparison.Ordinal) && !path.StartsWith("package/", StringComparison.Ordinal)
            && path != "[Content_Types].xml")
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "AsyncGuard.nuspec",
                "LICENSE",
                "README.md",
                AnalyzersPath,
                FixesPath,
                "build/AsyncGuard.props",
                "buildTransitive/AsyncGuard.DesignTime.globalconfig",
                "buildTransitive/AsyncGuard.props",
                "icon.png",
                .. new[] { "audit", "desktop", "library", "recommended", "strict", "tests",
                "web" }.Select(name => $"presets/{name}.globalconfig"),
                .. new[] { "asyncfixer", "ca", "ide", "ma", "roslynator", "sonar",
                "vsthrd" }.Select(name => $"replaces/{name}.globalconfig"),
            ],
            files);
    }

    [Fact]
    public void Manifest_SaysDevelopmentDependency_WithoutDependencies()
    {
        using var package = feed.OpenPackage();
        using var text = package.GetEntry("AsyncGuard.nuspec")!.Open();
        var metadata = XDocument.Load(text).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("MIT", Value("license"));
        Assert.Null(Value("dependencies"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Contains("analyzer", Value("tags")!.Split(' '));
        Assert.StartsWith("The first version.", Value("releaseNotes"));
        Assert.DoesNotContain("\n## ", Value("releaseNotes"));
    }

    [Fact]
    public void Readme_HasOnlyAbsoluteLinks_AndLosesNothing()
    {
        using var package = feed.OpenPackage();
        using var text = new StreamReader(package.GetEntry("README.md")!.Open());
        var readme = text.ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n');

        var links = Regex.Matches(readme, @"\]\(([^)]+)\)").Select(match => match.Groups[1].Value).ToList();
        Assert.Contains(links, link => link.EndsWith("/docs/rules/AGD0103.md", StringComparison.Ordinal));
        Assert.All(links, link => Assert.StartsWith("https://", link));
        Assert.Equal(feed.SourceReadme.ReplaceLineEndings("\n").TrimEnd('\n'),
            Regex.Replace(readme, @"\]\(https://[^)]*?/blob/main/", "]("));
    }

    // The compiler marks what it wrote without a clock or a random number: the same sources give the same bytes.
    [Theory]
    [InlineData(AnalyzersPath)]
    [InlineData(FixesPath)]
    public void Assembly_IsReproducible(string path)
    {
        using var image = Image(path);
        using var assembly = new PEReader(image);
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
    }

    [Fact]
    public void Analyzers_ReferenceNothingNewerThanTheFloor_AndNoWorkspaces()
    {
        var references = References(AnalyzersPath);

        Assert.DoesNotContain(references, reference => reference.Name.Contains("Workspaces", StringComparison.Ordinal));
        RequireFloor(references);
    }

    [Fact]
    public void Fixes_ReferenceNothingNewerThanTheFloor() => RequireFloor(References(FixesPath));

    // Roslyn 4.5 brings System.Collections.Immutable 6 and System.Reflection.Metadata 6, and has no other package that could be missing.
    private static void RequireFloor(IReadOnlyList<(string Name, Version Version)> references)
    {
        var roslyn = references.Where(reference => reference.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(roslyn);
        Assert.All(roslyn, reference => Assert.True(reference.Version <= new Version(4, 5, 0, 0), $"{reference.Name} {reference.Version}"));

        string[] brought = ["System.Collections.Immutable", "System.Reflection.Metadata"];
        string[] known = [.. brought, "netstandard", "System.Composition.AttributedModel", "AsyncGuard.Analyzers"];
        Assert.All(references.Except(roslyn), reference => Assert.Contains(reference.Name, known));
        Assert.All(
            references.Where(reference => brought.Contains(reference.Name)),
            reference => Assert.True(reference.Version <= new Version(6, 0, 0, 0), $"{reference.Name} {reference.Version}"));
    }

    private List<(string Name, Version Version)> References(string path)
    {
        using var image = Image(path);
        using var assembly = new PEReader(image);
        var metadata = assembly.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Select(reference => (metadata.GetString(reference.Name), reference.Version))];
    }

    private MemoryStream Image(string path)
    {
        using var package = feed.OpenPackage();
        var image = new MemoryStream();
        using (var entry = package.GetEntry(path)!.Open()) entry.CopyTo(image);
        image.Position = 0;
        return image;
    }
}
