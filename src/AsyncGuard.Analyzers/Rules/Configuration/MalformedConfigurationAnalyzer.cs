using System.Collections.Concurrent;
using System.IO;
using AsyncGuard.Analysis;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Configuration;

/// <summary>AGD0901: a line of an <c>AsyncGuard.*.txt</c> file, or an <c>asyncguard_*</c> option, that cannot be read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MalformedConfigurationAnalyzer() : GuardAnalyzer(RuleTable.MalformedConfiguration)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        start.RegisterAdditionalFileAction(CheckFile);

        // Options have no place of their own; whichever file comes first speaks of one, for all.
        var reported = new ConcurrentDictionary<(string, string), bool>();
        start.RegisterSyntaxTreeAction(context => CheckOptions(context, guard, reported));
    }

    private static void CheckFile(AdditionalFileAnalysisContext context)
    {
        if (UserCatalog.Read(context.AdditionalFile) is not { Errors.Count: > 0 } file || context.AdditionalFile.GetText(context.CancellationToken) is not { } text) return;

        var path = context.AdditionalFile.Path;
        foreach (var error in file.Errors)
        {
            var span = text.Lines[error.Line - 1].Span;
            var location = Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
            context.ReportDiagnostic(Diagnostic.Create(RuleTable.MalformedConfiguration, location, $"Line {error.Line} of '{Path.GetFileName(path)}'", error.Problem));
        }
    }

    private static void CheckOptions(SyntaxTreeAnalysisContext context, GuardContext guard, ConcurrentDictionary<(string, string), bool> reported)
    {
        foreach (var (option, problem) in guard.Options.Problems(context.Tree))
        {
            if (reported.TryAdd((option, problem), true))
                context.ReportDiagnostic(Diagnostic.Create(RuleTable.MalformedConfiguration, Location.None, $"Option '{option}'", problem));
        }
    }
}
