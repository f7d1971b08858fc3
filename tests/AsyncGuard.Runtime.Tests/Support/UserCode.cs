using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Support;

/// <summary>Compiles code that uses the library, to see what does not compile.</summary>
internal static class UserCode
{
    /// <summary>The errors of a statement, in a method that has a <c>group</c>.</summary>
    public static Diagnostic[] ErrorsOf(string statement, LanguageVersion version)
    {
        var source = $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            using AsyncGuard;
            class C
            {
                static async Task<int> LoadAsync() { await Task.Yield(); return 1; }
                static async ValueTask SaveValueAsync() { await Task.Yield(); }
                static async ValueTask<int> LoadValueAsync() { await Task.Yield(); return 1; }
                static Task ChildAsync(CancellationToken token) { return Task.CompletedTask; }
                static async ValueTask ChildValueAsync(CancellationToken token) { await Task.Yield(); }
                static async ValueTask<int> ResultValueAsync(CancellationToken token) { await Task.Yield(); return 1; }
                static async ValueTask BodyValueAsync(TaskGroup group) { await Task.Yield(); }
                void M(TaskGroup group, HashSet<int> set, TaskGroupOptions options) { {{statement}} }
            }
            """;
        var compilation = CSharpCompilation.Create(
            "work",
            [CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithLanguageVersion(version))],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return [.. compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
    }

    private static IEnumerable<MetadataReference> References()
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(BlockingWork).Assembly.Location)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
            || Path.GetFileName(path) is "AsyncGuard.Runtime.dll" or "netstandard.dll")
            .Distinct()
            .Select(static path => MetadataReference.CreateFromFile(path));
}
