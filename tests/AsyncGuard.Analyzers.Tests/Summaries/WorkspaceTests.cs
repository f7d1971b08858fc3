using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Summaries;

public sealed class WorkspaceTests
{
    [Fact]
    public async Task X()
    {
        using var w = new AdhocWorkspace();
        var runtime = CSharpCompilation.Create("AsyncGuard.Runtime", options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
        var id = ProjectId.CreateNewId();
        var s = w.CurrentSolution.AddProject(ProjectInfo.Create(id, VersionStamp.Default, "P", "P", LanguageNames.CSharp, compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            metadataReferences: [.. ReferenceAssemblies.Get(ReferenceSet.Net100), runtime], analyzerReferences: [new R()]))
            .AddDocument(DocumentId.CreateNewId(id), "a.cs", "public class X { public void F() => System.Threading.Thread.Sleep(1); }");
        var c = await s.GetProject(id)!.GetCompilationAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", string.Join("|", c!.SyntaxTrees.Select(t => t.ToString())));
    }

    sealed class R : AnalyzerReference
    {
        public override string? FullPath => "x";
        public override object Id => this;
        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];
        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];
        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => [new BlockingSummaryGenerator().AsSourceGenerator()];
        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => [new BlockingSummaryGenerator().AsSourceGenerator()];
    }
}
