using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RuleTesting;

/// <summary>What analyzers read from the config files, as the command-line compiler would hand it to them.</summary>
internal sealed class ConfigOptionsProvider(AnalyzerConfigSet configs) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new ConfigOptions(configs.GlobalConfigOptions.AnalyzerOptions);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => OptionsOf(tree.FilePath);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => OptionsOf(textFile.Path);

    private ConfigOptions OptionsOf(string path) => new(configs.GetOptionsForSourcePath(path).AnalyzerOptions);
}
