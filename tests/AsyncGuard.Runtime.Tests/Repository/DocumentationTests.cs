using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Repository;

/// <summary>Every C# block of the pages about the runtime compiles, and every link to a file leads somewhere.</summary>
public sealed class DocumentationTests
{
    private static readonly string Docs = Path.Combine(RepositoryFiles.Root, "docs");

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<string> Pages()
        => [.. Directory.GetFiles(Path.Combine(Docs, "runtime"), "*.md").Append(Path.Combine(Docs, "asyncio-map.md"))
        .Select(static path => Path.GetRelativePath(Docs, path)).Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryExample_Compiles(string page)
    {
        var text = File.ReadAllText(Path.Combine(Docs, page)).ReplaceLineEndings("\n");
        foreach (Match block in Regex.Matches(text, "^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline))
        {
            var errors = Compile(block.Groups[1].Value);
            Assert.True(errors.Count == 0, $"{page}:\n{block.Groups[1].Value}\n{string.Join('\n', errors)}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryLink_LeadsToAFile(string page)
    {
        var path = Path.Combine(Docs, page);
        foreach (Match link in Regex.Matches(File.ReadAllText(path), @"\]\((?!http)([^)#]+)"))
        {
            var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, link.Groups[1].Value));
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page}: {link.Groups[1].Value}");
        }
    }

    private static List<string> Compile(string block)
    {
        var isMember = block.StartsWith('[');
        var source = $$"""
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using AsyncGuard;
            using AsyncGuard.Testing;
            using Microsoft.AspNetCore.Builder;
            using Microsoft.AspNetCore.Http;
            using Microsoft.Extensions.Logging;

            static class Example
            {
                static readonly string[] urls = [];
                static readonly WebApplication app = null!;
                static readonly ILogger logger = null!;
                static Task<string> FetchAsync(string url, CancellationToken token) => Task.FromResult(url);
                static Task<string> LoadUserAsync(int id, CancellationToken token) => Task.FromResult("");
                static Task SaveAsync(object item, CancellationToken token) => Task.CompletedTask;
                static Task PollAsync(CancellationToken token) => Task.CompletedTask;

            {{(isMember ? block : $"static async Task RunAsync(CancellationToken token)\n{{\n{block}\n}}")}}
            }
            """;
        var compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        // Warnings too, but for those about the frame around the example.
        return [.. compilation.GetDiagnostics()
            .Where(static d => d.Severity >= DiagnosticSeverity.Warning && d.Id is not ("CS0414" or "CS1998" or "CS8019"))
            .Select(static d => d.ToString())];
    }
}
