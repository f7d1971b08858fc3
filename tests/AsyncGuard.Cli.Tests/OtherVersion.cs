using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Cli.Tests;

/// <summary>
/// A package <c>AsyncGuard</c> of another version than the tool, as small as can be: its one rule, AGD0101, says the version, and so does
/// what its fix writes, by way of the assembly with the rule.
/// </summary>
internal static class OtherVersion
{
    /// <summary>The version whose assemblies hold no code.</summary>
    public const string Unusable = "10.0.0";

    private const string Rules =
        """
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.CSharp;
        using Microsoft.CodeAnalysis.Diagnostics;

        [assembly: System.Reflection.AssemblyVersion("VERSION.0")]

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class OldSleepAnalyzer : DiagnosticAnalyzer
        {
            public static string Version { get; } = "VERSION";

            private static readonly DiagnosticDescriptor Rule =
                new("AGD0101", "Sleeps", "A sleep, says version VERSION", "AsyncGuard.Blocking", DiagnosticSeverity.Warning, true);

            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

            public override void Initialize(AnalysisContext context)
            {
                context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
                context.EnableConcurrentExecution();
                context.RegisterSyntaxNodeAction(node =>
                {
                    if (node.Node.ToString() == "Thread.Sleep(1)") node.ReportDiagnostic(Diagnostic.Create(Rule, node.Node.GetLocation()));
                }, SyntaxKind.InvocationExpression);
            }
        }
        """;

    private const string Fixes =
        """
        using System.Collections.Immutable;
        using System.Threading.Tasks;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.CodeActions;
        using Microsoft.CodeAnalysis.CodeFixes;
        using Microsoft.CodeAnalysis.Text;

        [assembly: System.Reflection.AssemblyVersion("VERSION.0")]

        [ExportCodeFixProvider(LanguageNames.CSharp)]
        public sealed class OldSleepFix : CodeFixProvider
        {
            public override ImmutableArray<string> FixableDiagnosticIds => ["AGD0101"];

            public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

            public override Task RegisterCodeFixesAsync(CodeFixContext context)
            {
                context.RegisterCodeFix(CodeAction.Create("Say the version", async token =>
                {
                    var text = await context.Document.GetTextAsync(token);
                    return context.Document.WithText(text.Replace(context.Span, $"Console.WriteLine(\"{OldSleepAnalyzer.Version}\")"));
                }, "version"), context.Diagnostics);
                return Task.CompletedTask;
            }
        }
        """;

    /// <summary>Writes <c>AsyncGuard.(version).nupkg</c> into a folder that serves as a feed.</summary>
    public static void Pack(string version, string feed)
    {
        Directory.CreateDirectory(feed);
        using var package = ZipFile.Open(Path.Combine(feed, $"AsyncGuard.{version}.nupkg"), ZipArchiveMode.Create);
        Add(package, "AsyncGuard.nuspec", System.Text.Encoding.UTF8.GetBytes($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
              <id>AsyncGuard</id><version>{version}</version><authors>tests</authors><description>Another version.</description>
              <developmentDependency>true</developmentDependency>
            </metadata></package>
            """));
        var rules = version == Unusable ? [1, 2, 3] : Compile("AsyncGuard.Analyzers", Rules, version);
        Add(package, "analyzers/dotnet/cs/AsyncGuard.Analyzers.dll", rules);
        Add(package, "analyzers/dotnet/cs/AsyncGuard.CodeFixes.dll",
            version == Unusable ? rules : Compile("AsyncGuard.CodeFixes", Fixes, version, MetadataReference.CreateFromImage(rules)));
    }

    private static byte[] Compile(string name, string source, string version, params MetadataReference[] more)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("AsyncGuard", StringComparison.OrdinalIgnoreCase))
            .Select(path => MetadataReference.CreateFromFile(path));
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(name,
            [CSharpSyntaxTree.ParseText(source.Replace("VERSION", version, StringComparison.Ordinal))],
            [.. references, .. more], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return image.ToArray();
    }

    private static void Add(ZipArchive package, string path, byte[] content)
    {
        using var entry = package.CreateEntry(path).Open();
        entry.Write(content);
    }
}
