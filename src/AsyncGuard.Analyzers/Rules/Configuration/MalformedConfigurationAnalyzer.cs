using System.Collections.Concurrent;
using System.IO;
using AsyncGuard.Analysis;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Configuration;

/// <summary>
/// AGD0901: a line of an <c>AsyncGuard.*.txt</c> file that cannot be read or names nothing, or an <c>asyncguard_*</c> option that cannot be
/// read.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MalformedConfigurationAnalyzer() : GuardAnalyzer(RuleTable.MalformedConfiguration)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        var resolution = new ApiResolution(start.Compilation, guard.Types);
        start.RegisterAdditionalFileAction(context => CheckFile(context, resolution));

        // Options have no location of their own; the first file reports each of them, for all files.
        var reported = new ConcurrentDictionary<(string, string), bool>();
        start.RegisterSyntaxTreeAction(context => CheckOptions(context, guard, reported));
    }

    private static void CheckFile(AdditionalFileAnalysisContext context, ApiResolution resolution)
    {
        if (UserCatalog.Read(context.AdditionalFile) is not { } file
            || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
            return;

        foreach (var error in file.Errors) Report(error.Line, error.Problem);
        foreach (var entry in file.Entries)
        {
            if (resolution.ProblemOf(entry) is { } problem) Report(entry.Line, problem);
        }

        void Report(int line, string problem)
        {
            var path = context.AdditionalFile.Path;
            var span = text.Lines[line - 1].Span;
            var location = Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
            context.ReportDiagnostic(Diagnostic.Create(RuleTable.MalformedConfiguration, location,
                $"Line {line} of '{Path.GetFileName(path)}'", problem));
        }
    }

    private static void CheckOptions(SyntaxTreeAnalysisContext context, GuardContext guard,
        ConcurrentDictionary<(string, string), bool> reported)
    {
        foreach (var (option, problem) in guard.Options.Problems(context.Tree))
        {
            if (reported.TryAdd((option, problem), true))
                context.ReportDiagnostic(Diagnostic.Create(RuleTable.MalformedConfiguration, Location.None, $"Option '{option}'", problem));
        }
    }
}
