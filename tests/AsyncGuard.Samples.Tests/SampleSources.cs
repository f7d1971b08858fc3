using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using AsyncGuard.Analyzers.Tests.Repository;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Samples.Tests;

/// <summary>A sample as its build compiles it.</summary>
internal static class SampleSources
{
    private static readonly string[] Usings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http",
        "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] WebUsings =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging",
    ];

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(BlockingWaitAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer))
            && !type.IsAssignableTo(typeof(DiagnosticSuppressor)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What the samples reference besides the framework.</summary>
    public static ImmutableArray<MetadataReference> Packages { get; } =
    [
        RuntimeLibrary.Reference,
        .. new[] { "Reporting", "OxyPlot",
        "Npgsql" }.Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    public static CSharpParseOptions Parsing { get; } = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    /// <summary>The library is built for an older framework; builds say nothing of that either.</summary>
    public static CSharpCompilationOptions Compiling { get; } =
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress)]);

    public static ImmutableArray<MetadataReference> References(string folder) =>
        [.. ReferenceAssemblies.Get(Framework(folder)), .. Packages];

    private static ReferenceSet Framework(string folder) => IsWeb(folder) ? ReferenceSet.AspNetCore : ReferenceSet.Net100;

    /// <summary>The files of a sample, with the implicit usings of its SDK.</summary>
    public static IReadOnlyList<(string Path, string Text)> Of(string folder) =>
    [
        ("Usings.cs", string.Concat(Usings.Concat(IsWeb(folder) ? WebUsings : []).Select(name => $"global using {name};\n"))),
        .. Checkout.SourcesBelow(folder).Select(path => (path, Checkout.Read(path))),
    ];

    private static bool IsWeb(string folder) =>
        Checkout.Read($"{folder}/{Path.GetFileName(folder)}.csproj").Contains("Sdk.Web", StringComparison.Ordinal);
}
