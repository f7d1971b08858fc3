using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Blocking;

/// <summary>
/// Asynchronous code handed to <see cref="BlockingWork"/> would be begun there and never waited for: it does not compile.
/// </summary>
public sealed class AsynchronousBlockingWorkTests
{
    [Theory]
    [InlineData("async () => await Task.Yield()")]
    [InlineData("async () => { await Task.Yield(); return 1; }")]
    [InlineData("() => Task.Delay(1)")]
    [InlineData("() => Task.FromResult(1)")]
    [InlineData("LoadAsync")]
    [InlineData("LoadAsync, CancellationToken.None, abandonOnCancel: true")]
    public void Asynchronous_IsAnError(string work)
    {
        var error = Assert.Single(ErrorsOf(work, LanguageVersion.Latest));
        Assert.Equal("CS0619", error.Id);
        Assert.Contains("Task.Run", error.GetMessage());
        Assert.NotEmpty(ErrorsOf(work, LanguageVersion.CSharp10));
    }

    [Theory]
    [InlineData("() => 1")]
    [InlineData("() => { }")]
    [InlineData("() => throw new InvalidOperationException()")]
    [InlineData("() => { while (true) { } }")]
    [InlineData("() => Console.ReadLine()")]
    [InlineData("Console.ReadLine")]
    [InlineData("() => 1, CancellationToken.None, abandonOnCancel: true")]
    public void Synchronous_Compiles(string work)
    {
        Assert.Empty(ErrorsOf(work, LanguageVersion.Latest));
        Assert.Empty(ErrorsOf(work, LanguageVersion.CSharp7_3));
    }

    private static Diagnostic[] ErrorsOf(string work, LanguageVersion version)
    {
        var source = $$"""
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using AsyncGuard;
            class C
            {
                static async Task<int> LoadAsync() { await Task.Yield(); return 1; }
                void M() { BlockingWork.RunAsync({{work}}); }
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
