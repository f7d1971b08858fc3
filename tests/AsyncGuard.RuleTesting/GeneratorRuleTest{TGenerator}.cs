using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;

namespace AsyncGuard.RuleTesting;

/// <summary>What a generator writes for a source, to the letter; source and generated files compile together.</summary>
public sealed class GeneratorRuleTest<TGenerator> : CSharpSourceGeneratorTest<TGenerator, DefaultVerifier>
    where TGenerator : new()
{
    private readonly RuleTestOptions _options;

    private GeneratorRuleTest(string source, RuleTestOptions options)
    {
        _options = options;
        TestSource.Of(source, options).Fill(TestState);
    }

    public static Task VerifyAsync(string source, string fileName, string generated, RuleTestOptions options)
    {
        var test = new GeneratorRuleTest<TGenerator>(source, options);
        test.TestState.GeneratedSources.Add((typeof(TGenerator), fileName, generated));
        return test.RunAsync();
    }

    public static Task VerifyNothingAsync(string source, RuleTestOptions options) =>
        new GeneratorRuleTest<TGenerator>(source, options).RunAsync();

    protected override Task<Project> CreateProjectImplAsync(
        EvaluatedProjectState primaryProject, ImmutableArray<EvaluatedProjectState> additionalProjects,
        CancellationToken cancellationToken) =>
        Task.FromResult(TestSolution.Create(ProjectFiles.Of(primaryProject, additionalProjects), _options));
}
