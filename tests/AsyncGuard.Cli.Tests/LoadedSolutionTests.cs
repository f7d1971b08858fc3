using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using AsyncGuard.Cli.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Cli.Tests;

/// <summary>A project that is done is let go of, and those that reference it still see all that its declarations say.</summary>
public sealed class LoadedSolutionTests
{
    private const string Library =
        """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("App")]
        public class Store { public System.Threading.Tasks.Task<int> LoadAsync() => System.Threading.Tasks.Task.FromResult(1); }
        internal class Hidden : Store { internal protected int Count; }
        """;

    private const string Application =
        """
        extern alias below;
        class Program : below::Hidden
        {
            static async System.Threading.Tasks.Task Main() =>
                System.Console.WriteLine(await new below::Store().LoadAsync() + new Program().Count);
        }
        """;

    [Fact]
    public async Task Release_LetsGoOfTheSource_AndKeepsWhatOthersSee()
    {
        using var loaded = Load(Library, Application);

        var released = await ReleaseAsync(loaded, loaded.Projects[0]);
        // Off the stack of what has just completed, which holds the compilation.
        await Task.Yield();

        for (var i = 0; i < 10 && released.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(released.IsAlive);
        Assert.Null(loaded.Solution.GetProject(loaded.Projects[0]));
        var compilation = await CompileAsync(loaded, loaded.Projects[1]);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken));
        var reference = Assert.Single(
            compilation.ExternalReferences.OfType<PortableExecutableReference>(), one => one.FilePath == "/out/Lib.dll");
        Assert.Equal(["below"], reference.Properties.Aliases);
    }

    [Fact]
    public async Task Release_OfDeclarationsThatDoNotCompile_KeepsTheSource()
    {
        using var loaded = Load(Library + "public class Broken : Missing { }", Application);

        await ReleaseAsync(loaded, loaded.Projects[0]);

        var compilation = await CompileAsync(loaded, loaded.Projects[1]);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken));
        Assert.Single(compilation.ExternalReferences.OfType<CompilationReference>());
    }

    // What a kept project references may be gone as source.
    [Fact]
    public async Task Release_OfDeclarationsThatDoNotCompile_StillKnowsWhatTheyReference()
    {
        using var loaded = Load(Library, Application.Replace("class Program", "public class Broken : Missing { } class Program"));
        await ReleaseAsync(loaded, loaded.Projects[0]);

        await ReleaseAsync(loaded, loaded.Projects[1]);

        var kept = (await loaded.Solution.GetProject(loaded.Projects[1])!.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("Hidden", kept.GetTypeByMetadataName("Program")!.BaseType!.Name);
        Assert.NotEqual(TypeKind.Error, kept.GetTypeByMetadataName("Program")!.BaseType!.TypeKind);
    }

    [Fact]
    public async Task Release_OfAProjectThatNoneReferences_MakesNoImage()
    {
        using var loaded = Load(Library, Application);
        await ReleaseAsync(loaded, loaded.Projects[0]);

        await ReleaseAsync(loaded, loaded.Projects[1]);

        Assert.Empty(loaded.Solution.Projects);
        Assert.Equal(["/Lib/Lib.csproj", "/App/App.csproj"], loaded.ProjectFiles);
    }

    private static LoadedSolution Load(string library, string application)
    {
        var workspace = new AdhocWorkspace();
        var (lib, app, last) = (ProjectId.CreateNewId(), ProjectId.CreateNewId(), ProjectId.CreateNewId());
        var solution = Add(workspace.CurrentSolution, lib, "Lib", library, OutputKind.DynamicallyLinkedLibrary);
        solution = Add(solution, app, "App", application, OutputKind.ConsoleApplication);
        solution = solution.AddProjectReference(app, new ProjectReference(lib, ["below"]));
        if (application.Contains("Broken", StringComparison.Ordinal))
            solution = Add(solution, last, "Last", "", OutputKind.DynamicallyLinkedLibrary)
                .AddProjectReference(last, new ProjectReference(app));
        return new LoadedSolution(solution, [lib, app], [lib, app], [], "/", workspace);
    }

    private static Solution Add(Solution solution, ProjectId id, string name, string text, OutputKind kind) => solution
        .AddProject(ProjectInfo.Create(id, VersionStamp.Default, name, name, LanguageNames.CSharp, $"/{name}/{name}.csproj",
            $"/out/{name}.dll", new CSharpCompilationOptions(kind), CSharpParseOptions.Default,
            metadataReferences: Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
                .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "System.Console.dll")
                .Select(path => MetadataReference.CreateFromFile(path))))
        .AddDocument(DocumentId.CreateNewId(id), $"{name}.cs", SourceText.From(text), [], $"/{name}/{name}.cs");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ReleaseAsync(LoadedSolution loaded, ProjectId id)
    {
        var compilation = await CompileAsync(loaded, id);
        loaded.Release(id, compilation);
        return new WeakReference(compilation);
    }

    private static async Task<Compilation> CompileAsync(LoadedSolution loaded, ProjectId id) =>
        (await loaded.Get(id).GetCompilationAsync(TestContext.Current.CancellationToken))!;
}
