using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// Compiles a test's source against the real runtime library and runs <c>C.RunAsync</c>, with or without a token, or the top-level program.
/// What it does shows in <c>Probe</c>,
/// a file that <see cref="Options"/> adds.
/// </summary>
internal sealed class ProgramRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly byte[] _image;

    private ProgramRun(byte[] image) => _image = image;

    /// <summary>Adds what programs need: the library and the probe.</summary>
    public static RuleTestOptions Options(RuleTestOptions options) => options with
    {
        ExtraReferences = options.ExtraReferences.Add(RuntimeLibrary.Reference),
        OtherFiles = options.OtherFiles.Add(("Probe.cs", ProbeSource())),
    };

    /// <summary>
    /// The fixed program does what the original does, but leaves nothing running; and when any of its work fails, the failure comes out,
    /// the rest is
    /// cancelled where it can be, and nothing is left running.
    /// </summary>
    public static async Task VerifyAsync(string source, string fixedSource, RuleTestOptions options, bool cancels)
    {
        var original = await CompileAsync(TestSource.Of(source, options), options).ConfigureAwait(false);
        var changed = await CompileAsync(TestSource.OfFixed(fixedSource, options), options).ConfigureAwait(false);
        var before = await original.RunAsync(failing: null, cancels: false).ConfigureAwait(false);
        var after = await changed.RunAsync(failing: null, cancels: false).ConfigureAwait(false);

        Assert.Null(before.Error);
        Assert.Null(after.Error);
        Assert.Equal(before.Result, after.Result);
        Assert.Equal(before.Log, after.Log);
        Assert.Equal(0, after.Running);
        foreach (var name in after.Log.Where(entry => entry.Length == 1).Distinct())
        {
            var failed = await changed.RunAsync(name, cancels).ConfigureAwait(false);
            Assert.Equal((name, name), (name, (failed.Error as InvalidOperationException)?.Message ?? failed.Error?.ToString()));
            Assert.Equal((name, 0), (name, failed.Running));
        }
    }

    /// <summary>
    /// The outcome of the fixed program is the same, whichever of its work wins, and whichever of the rest fails before; what loses is
    /// cancelled, and nothing is left running.
    /// </summary>
    public static async Task VerifyRaceAsync(string source, string fixedSource, RuleTestOptions options)
    {
        var original = await CompileAsync(TestSource.Of(source, options), options).ConfigureAwait(false);
        var changed = await CompileAsync(TestSource.OfFixed(fixedSource, options), options).ConfigureAwait(false);
        var before = await original.RunAsync(failing: null, cancels: false).ConfigureAwait(false);

        Assert.Null(before.Error);
        var names = before.Log.Where(entry => entry.Length == 1).Distinct().ToList();
        Assert.True(names.Count > 1, "A race needs work that loses");
        foreach (var winner in names)
        {
            foreach (var failing in names.Where(name => name != winner).Prepend(null))
            {
                var after = await changed.RunAsync(failing, cancels: false, winner).ConfigureAwait(false);
                Assert.Null(after.Error);
                Assert.Equal(before.Result, after.Result);
                Assert.Equal([winner], after.Log.Where(names.Contains));
                Assert.Equal((winner, 0), (winner, after.Running));
            }
        }
    }

    /// <summary>
    /// The fixed program does what the original does, leaves nothing running, and goes on as if nothing had happened when any of its work
    /// fails.
    /// </summary>
    public static async Task VerifyDrainAsync(string source, string fixedSource, RuleTestOptions options)
    {
        var original = await CompileAsync(TestSource.Of(source, options), options).ConfigureAwait(false);
        var changed = await CompileAsync(TestSource.OfFixed(fixedSource, options), options).ConfigureAwait(false);
        var before = await original.RunAsync(failing: null, cancels: false).ConfigureAwait(false);

        Assert.Null(before.Error);
        foreach (var failing in before.Log.Where(entry => entry.Length == 1).Distinct().Prepend(null))
        {
            var after = await changed.RunAsync(failing, cancels: false).ConfigureAwait(false);
            Assert.Null(after.Error);
            Assert.Equal(before.Result, after.Result);
            Assert.Equal(before.Log.Where(entry => entry != failing), after.Log);
            Assert.Equal((failing, 0), (failing, after.Running));
        }
    }

    /// <summary>The program's assembly, from its beginning.</summary>
    internal static async Task<MemoryStream> EmitAsync(ProjectFiles files, RuleTestOptions options)
    {
        var unmarked = files with { Sources = [.. files.Sources.Select(TestSource.Unmarked)] };
        var compilation = await TestSolution.Create(unmarked, options).GetCompilationAsync().ConfigureAwait(false);
        var image = new MemoryStream();
        var result = compilation!.Emit(image);
        Assert.True(result.Success,
            string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        return image;
    }

    private static async Task<ProgramRun> CompileAsync(ProjectFiles files, RuleTestOptions options)
    {
        using var image = await EmitAsync(files, options).ConfigureAwait(false);
        return new(image.ToArray());
    }

    // Away from the context of the tests, whose few threads others hold.
    private Task<ProgramOutcome> RunAsync(string? failing, bool cancels, string? winner = null) =>
        Task.Run(() => RunHereAsync(failing, cancels, winner));

    private async Task<ProgramOutcome> RunHereAsync(string? failing, bool cancels, string? winner)
    {
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        context.Resolving += static (_, name) => name.Name == "AsyncGuard.Runtime"
            ? AssemblyLoadContext.Default.LoadFromAssemblyPath(RuntimeLibrary.Path) : null;
        try
        {
            using var image = new MemoryStream(_image);
            var assembly = context.LoadFromStream(image);
            var probe = assembly.GetType("Probe")!;
            probe.GetProperty("Failing")!.SetValue(null, failing);
            probe.GetProperty("Winner")!.SetValue(null, winner);
            probe.GetProperty("WaitsForCancellation")!.SetValue(null, cancels);

            var (result, error) = await EndAsync(Start(assembly)).ConfigureAwait(false);
            var running = (int)probe.GetProperty("Running")!.GetValue(null)!;

            // The original leaves work running; its log is complete when that has ended.
            Assert.True(SpinWait.SpinUntil(() => (int)probe.GetProperty("Running")!.GetValue(null)! == 0, Patience),
                "The program's work does not end");
            return new(result, error, [.. ((string[])probe.GetProperty("Log")!.GetValue(null)!).Order(StringComparer.Ordinal)], running);
        }
        finally
        {
            context.Unload();
        }
    }

    // C.RunAsync(), C.RunAsync(token), or a top-level program
    private static Task Start(Assembly assembly)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        if (assembly.GetType("Program")?.GetMethod("<Main>$", all) is { } main)
            return main.Invoke(null, [Array.Empty<string>()]) as Task ?? Task.CompletedTask;

        var program = assembly.GetType("C")!;
        var method = program.GetMethod("RunAsync", all)!;
        object?[] arguments = method.GetParameters().Length == 0 ? [] : [CancellationToken.None];
        return (Task)method.Invoke(method.IsStatic ? null : Activator.CreateInstance(program, nonPublic: true), arguments)!;
    }

    private static async Task<(object? Result, Exception? Error)> EndAsync(Task program)
    {
        try
        {
            await program.WaitAsync(Patience).ConfigureAwait(false);
            return (program.GetType().GetProperty("Result") is { } result
                && result.PropertyType.Name is not ("VoidTaskResult" or "VoidResult") ? result.GetValue(program) : null, null);
        }
        catch (Exception error)
        {
            return (null, error);
        }
    }

    private static string ProbeSource()
    {
        using var reader = new StreamReader(typeof(ProgramRun).Assembly.GetManifestResourceStream("Programs.Probe.cs")!);
        return reader.ReadToEnd();
    }
}
