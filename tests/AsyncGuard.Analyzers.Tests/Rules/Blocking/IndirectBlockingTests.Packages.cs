using System.IO;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <content>What a package offers in both forms waits for something; what another project of the same code does, its code says.</content>
public sealed partial class IndirectBlockingTests
{
    private const string StoreLibrary =
        """
        public class Store
        {
            public string Load(string key) => key;
            public System.Threading.Tasks.Task<string> LoadAsync(string key) => System.Threading.Tasks.Task.FromResult(key);
            public System.Collections.Generic.IEnumerable<string> Keys() => new string[0];
            public System.Collections.Generic.IAsyncEnumerable<string> KeysAsync() => null;
            public void Run(System.Func<System.Threading.Tasks.Task> work) => work().Wait();
            public System.Threading.Tasks.Task RunAsync(System.Func<System.Threading.Tasks.Task> work) => work();
            public void Invoke(System.Action action) => action();
            public System.Threading.Tasks.Task InvokeAsync(System.Action action) => System.Threading.Tasks.Task.Run(action);
        }
        """;

    private const string Calls =
        """
        async Task M(Store s) { Read(s); await Task.Yield(); }
        string Read(Store s) => s.Load("a");
        """;

    [Theory]
    [InlineData("/root/.nuget/packages/store/1.0.0/lib/net8.0/Store.dll")]
    [InlineData("C:\\packages\\store\\1.0.0\\lib\\net8.0\\Store.dll")]
    [InlineData("/home/bin/packages/store/1.0.0/lib/net8.0/Store.dll")]
    [InlineData("/src/libs/Store.dll")]
    [InlineData("Store.dll")]
    public Task TwinOfAPackage_IsReported(string path) => Reports(Calls.Replace("Read(s); ", "[|Read(s)|]; "), From(path));

    [Theory]
    [InlineData("/src/Store/obj/Debug/net8.0/ref/Store.dll")]
    [InlineData("/src/artifacts/obj/Store/debug_net8.0/refint/Store.dll")]
    [InlineData("C:\\src\\Store\\bin\\Release\\net8.0\\Store.dll")]
    public Task TwinOfAnotherProject_IsSilent(string path) => Silent(Calls, From(path));

    [Fact]
    public Task SequenceOfAPackage_RunThrough_IsReported() => Reports(
        """
        async Task M(Store s) { [|Show(s)|]; await Task.Yield(); }
        void Show(Store s) { foreach (var key in s.Keys()) Console.Write(key); }
        """,
        From("/root/.nuget/packages/store/1.0.0/lib/net8.0/Store.dll"));

    [Fact]
    public Task SequenceOfAPackage_OnlyMade_IsSilent() => Silent(
        """
        async Task M(Store s) { Show(s); await Task.Yield(); }
        object Show(Store s) => s.Keys();
        """,
        From("/root/.nuget/packages/store/1.0.0/lib/net8.0/Store.dll"));

    [Fact]
    public Task TwinThatRunsADelegate_IsSilent() => Silent(
        """
        async Task M(Store s) { Show(s); await Task.Yield(); }
        void Show(Store s) => s.Invoke(() => { });
        """,
        From("/root/.nuget/packages/store/1.0.0/lib/net8.0/Store.dll"));

    [Fact]
    public Task TwinThatWaitsForADelegatesTask_IsReported() => Reports(
        """
        async Task M(Store s) { [|Show(s)|]; await Task.Yield(); }
        void Show(Store s) => s.Run(() => Task.Delay(1));
        """,
        From("/root/.nuget/packages/store/1.0.0/lib/net8.0/Store.dll"));

    private static RuleTestOptions From(string path)
    {
        var library = CSharpCompilation.Create("Store", [CSharpSyntaxTree.ParseText(StoreLibrary)],
            ReferenceAssemblies.Get(ReferenceSet.Net100), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        return RuleTestOptions.Default with { ExtraReferences = [MetadataReference.CreateFromImage(image.ToArray(), filePath: path)] };
    }
}
