using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.RuleTesting;

/// <summary>All that is needed to compile one project of a test.</summary>
internal sealed record TestProject(
    string AssemblyName,
    ImmutableArray<TestFile> Files,
    CSharpParseOptions ParseOptions,
    CSharpCompilationOptions CompilationOptions,
    ImmutableArray<MetadataReference> References);
