using System.Collections.Generic;
using System.IO;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Packages;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Packages;

/// <summary>Members of an assembly that is emitted and referenced by its image, as a package is.</summary>
public sealed class PackageTwinsTests
{
    [Theory]
    [InlineData("public int Get(string key) => 1; public Task<int> GetAsync(string key) => null;", "client.Get(\"a\")")]
    [InlineData("public void Put(string key) { } public Task PutAsync(string key) => null;", "client.Put(\"a\")")]
    [InlineData("public int Get() => 1; public ValueTask<int> GetAsync(CancellationToken token) => default;", "client.Get()")]
    [InlineData("public int Get() => 1; public Task<int> GetAsync(CancellationToken token = default) => null;", "client.Get()")]
    [InlineData("public int Get(int? limit = null) => 1; public Task<int> GetAsync() => null;", "client.Get()")]
    [InlineData("public T Get<T>(string key) => default; public Task<T> GetAsync<T>(string key) => null;", "client.Get<int>(\"a\")")]
    [InlineData("public static int Get(string key) => 1; public static Task<int> GetAsync(string key) => null;", "Client.Get(\"a\")")]
    [InlineData("public int Run(Func<Task> work) => 1; public Task<int> RunAsync(Func<Task> work) => null;",
        "client.Run(() => Task.CompletedTask)")]
    [InlineData("public List<T[]> All<T>() => null; public Task<List<T[]>> AllAsync<T>() => null;", "client.All<int>()")]
    public void Method_BesideItsAwaitableForm_IsOne(string members, string call) => Assert.True(Has(Of(members), call));

    [Theory]
    [InlineData("public int Get(string key) => 1; public int GetAsync(string key) => 1;", "client.Get(\"a\")")]
    [InlineData("public int Get(string key) => 1; public Task<string> GetAsync(string key) => null;", "client.Get(\"a\")")]
    [InlineData("public int Get(string key) => 1; public Task<int> GetAsync(int id) => null;", "client.Get(\"a\")")]
    [InlineData("public int Get(string key) => 1; public Task<int> GetAsync() => null;", "client.Get(\"a\")")]
    [InlineData("public int Get() => 1; public Task<int> GetAsync(string key) => null;", "client.Get()")]
    [InlineData("public int Get(string key) => 1; internal Task<int> GetAsync(string key) => null;", "client.Get(\"a\")")]
    [InlineData("public int Get(string key) => 1; public static Task<int> GetAsync(string key) => null;", "client.Get(\"a\")")]
    [InlineData("public T Get<T>(string key) => default; public Task<int> GetAsync(string key) => null;", "client.Get<int>(\"a\")")]
    [InlineData("public void Invoke(Action work) { } public Task InvokeAsync(Action work) => null;", "client.Invoke(() => { })")]
    [InlineData("public int Get(ref int id) => 1; public Task<int> GetAsync(int id) => null;", "client.Get(ref n)")]
    [InlineData("public Task<int> Get(string key) => null; public Task<int> GetAsync(string key) => null;", "client.Get(\"a\")")]
    [InlineData("public int Get(string key) => 1; [Obsolete] public Task<int> GetAsync(string key) => null;", "client.Get(\"a\")")]
    [InlineData("public int Get(string key) => 1;", "client.Get(\"a\")")]
    public void Method_WithoutOneThatFits_IsNone(string members, string call) => Assert.False(Has(Of(members), call));

    [Fact]
    public void AwaitableForm_OfTheTypeThatItIsCalledOn_Counts()
    {
        const string source =
            """
            public class Base { public int Get(string key) => 1; }
            public class Client : Base { public Task<int> GetAsync(string key) => null; }
            public interface IReader { int Get(string key); Task<int> GetAsync(string key); }
            public class Reader : IReader { public int Get(string key) => 1; Task<int> IReader.GetAsync(string key) => null; }
            """;
        Assert.True(Has(source, "client.Get(\"a\")"));
        Assert.False(Has(source, "new Base().Get(\"a\")"));
        Assert.True(Has(source, "new Reader().Get(\"a\")"));
    }

    [Fact]
    public void Extensions_FitExtensionsOnly()
    {
        const string source =
            """
            public class Client { public Task<int> CountAsync() => null; }
            public static class Extensions
            {
                public static int Count(this Client client) => 1;
                public static int Sum(this Client client) => 1;
                public static Task<int> SumAsync(this Client client) => null;
            }
            """;
        Assert.True(Has(source, "client.Sum()"));
        Assert.False(Has(source, "client.Count()"));
    }

    [Theory]
    [InlineData("System.Vendor", false)]
    [InlineData("Microsoft.Extensions.Vendor", false)]
    [InlineData("SystemVendor", true)]
    public void AssemblyOfTheFramework_IsNoPackage(string name, bool isPackage) =>
        Assert.Equal(isPackage, Has(Of("public int Get() => 1; public Task<int> GetAsync() => null;"), "client.Get()", name));

    [Fact]
    public void Project_WhoseOutputIsReferenced_IsNoPackage()
    {
        var source = Of("public int Get() => 1; public Task<int> GetAsync() => null;");
        Assert.False(Has(source, "client.Get()", path: "/src/Data/obj/Debug/net10.0/ref/Data.dll"));
        Assert.True(Has(source, "client.Get()", path: "/packages/data/1.0.0/lib/net10.0/Data.dll"));
    }

    private static string Of(string members) => $"public class Client {{ {members} }}";

    private static bool Has(string package, string call, string name = "Vendor.Client", string? path = null)
    {
        const string usings = "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;\n";
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary);
        var library = CSharpCompilation.Create(name, [Parse(usings + package)], References, options);
        using var image = new MemoryStream();
        Assert.Empty(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var reference = MetadataReference.CreateFromImage(image.ToArray(), filePath: path);

        var tree = Parse($"{usings}class C {{ void M(Client client, int n) {{ var x = new Func<object>(() => 1); {call}; }} }}");
        var compilation = CSharpCompilation.Create("App", [tree], [.. References, reference], options);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var syntax = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ExpressionStatementSyntax>().Last();
        var model = compilation.GetSemanticModel(tree);
        var invocation = (IInvocationOperation)model.GetOperation(syntax.Expression, TestContext.Current.CancellationToken)!;
        return PackageTwins.Of(GuardContext.For(compilation)).Have(invocation);
    }

    private static IEnumerable<MetadataReference> References => ReferenceAssemblies.Get(ReferenceSet.Net100);

    private static SyntaxTree Parse(string source) =>
        CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken);
}
