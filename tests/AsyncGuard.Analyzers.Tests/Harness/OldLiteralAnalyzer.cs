using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Reports the string literals that begin with <c>old</c>; option <c>literal</c> names another beginning.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OldLiteralAnalyzer : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Rule =
        new("TST0001", "Old literal", "Do not say '{0}'", "Tests", DiagnosticSeverity.Warning, true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Check, SyntaxKind.StringLiteralExpression);
    }

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        var literal = (LiteralExpressionSyntax)context.Node;
        var beginning = context.Options.AnalyzerConfigOptionsProvider.GetOptions(literal.SyntaxTree).TryGetValue("literal", out var value)
            || context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.Literal", out value)
            ? value
            : "old";
        foreach (var file in context.Options.AdditionalFiles) beginning = file.GetText(context.CancellationToken)!.ToString();

        if (literal.Token.ValueText.StartsWith(beginning, System.StringComparison.Ordinal))
        {
            Location[] additional = literal.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? [type.Identifier.GetLocation()] : [];
            context.ReportDiagnostic(Diagnostic.Create(Rule, literal.GetLocation(), additional, literal.Token.ValueText));
        }
    }
}
