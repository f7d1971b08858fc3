using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// How a test compiles its source and what it expects beyond the markup. Start from <see cref="Default"/>, <see cref="File"/> or
/// <see cref="TopLevel"/>.
/// </summary>
public sealed record RuleTestOptions
{
    public static RuleTestOptions Default { get; } = new();

    public static RuleTestOptions File { get; } = new() { Kind = SourceKind.File };

    public static RuleTestOptions TopLevel { get; } = new() { Kind = SourceKind.TopLevel };

    public SourceKind Kind { get; init; }

    public ReferenceSet References { get; init; }

    /// <summary>Names from <see cref="RuleTesting.Stubs"/>.</summary>
    public ImmutableArray<string> Stubs { get; init; } = [];

    public ImmutableArray<MetadataReference> ExtraReferences { get; init; } = [];

    /// <summary>The newest of the running Roslyn when null. Nullable is on from C# 8.</summary>
    public LanguageVersion? LanguageVersion { get; init; }

    public string AssemblyName { get; init; } = "TestProject";

    /// <summary>Namespaces (or <c>static Type</c>) to use besides the standard ones; <see cref="SourceKind.Members"/> only.</summary>
    public ImmutableArray<string> ExtraUsings { get; init; } = [];

    /// <summary>What the fix adds to the usings; <see cref="SourceKind.Members"/> only.</summary>
    public ImmutableArray<string> FixedUsings { get; init; } = [];

    /// <summary>Options for every C# file, as in an <c>.editorconfig</c> under <c>[*.cs]</c>.</summary>
    public ImmutableDictionary<string, string> EditorConfig { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Options of the compilation, as in a <c>.globalconfig</c>; MSBuild properties are <c>build_property.Name</c>.</summary>
    public ImmutableDictionary<string, string> GlobalConfig { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<(string Path, string Text)> AdditionalFiles { get; init; } = [];

    /// <summary>More whole files of the project, analysed as well; they may carry markup.</summary>
    public ImmutableArray<(string Path, string Source)> OtherFiles { get; init; } = [];

    /// <summary>The other files that the fix changes or adds, by path; those not named must stay as they are.</summary>
    public ImmutableArray<(string Path, string Source)> FixedOtherFiles { get; init; } = [];

    public ImmutableArray<ReferencedProject> ReferencedProjects { get; init; } = [];

    /// <summary>
    /// Compiler warnings that take part like diagnostics of the analyzer; all others are ignored. Errors always take part.
    /// </summary>
    public ImmutableArray<string> CompilerDiagnosticIds { get; init; } = [];

    /// <summary>Diagnostics at named locations, where markup alone does not say enough.</summary>
    public ImmutableArray<DiagnosticResult> Expected { get; init; } = [];

    /// <summary>The same for the fixed source.</summary>
    public ImmutableArray<DiagnosticResult> FixedExpected { get; init; } = [];

    /// <summary>Which of the offered actions to apply. A diagnostic that offers fewer counts as not fixable.</summary>
    public int ActionIndex { get; init; }

    /// <summary>The equivalence key of the action to apply; goes before <see cref="ActionIndex"/>.</summary>
    public string? ActionKey { get; init; }

    /// <summary>Stop after this many single fixes and require so many; until nothing is left to fix when null.</summary>
    public int? FixIterations { get; init; }

    /// <summary>How often Fix All has to be asked for; once, or once for each document or project of its scope, when null.</summary>
    public int? FixAllIterations { get; init; }

    public bool SkipFixAll { get; init; }
}
