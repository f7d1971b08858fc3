using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed class TaskAsValueTests : RuleTest<TaskAsValueAnalyzer, TaskAsValueFix>
{
    private static readonly RuleTestOptions Web = new()
    {
        References = ReferenceSet.AspNetCore,
        ExtraUsings = ["Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc",
            "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Logging", "System.Text", "System.Text.Json"],
    };

    private const string Members =
        """
        Task<string> LoadAsync(int id = 0) => Task.FromResult("");
        Task<string?> FindAsync(int id = 0) => Task.FromResult<string?>(null);
        Task<string>? MaybeAsync() => null;
        Task<int> CountAsync() => Task.FromResult(1);
        ValueTask<string> PeekAsync() => new("");
        Task SaveAsync() => Task.CompletedTask;
        void Keep(object? x) { }
        Task<string> _load = null!;

        """;

    private static string In(string code) =>
        Members +
        "async Task M(StringBuilder text, ILogger log, Func<Task<string?>> find, Dictionary<string, Task<string>> tasks, bool quick)\n{\n    await Task.Yield();\n    " +
        code + "\n}";

    [Theory]
    [InlineData("Keep($\"{[|LoadAsync()|]}\");")]
    [InlineData("Keep($\"Hello {[|LoadAsync(1)|]}, {1}\");")]
    [InlineData("Keep(\"a\" + [|LoadAsync()|]);")]
    [InlineData("Keep([|LoadAsync()|] + \"a\");")]
    [InlineData("Keep([|LoadAsync()|].ToString());")]
    [InlineData("Console.WriteLine([|LoadAsync()|]);")]
    [InlineData("Console.WriteLine(\"{0}\", [|LoadAsync()|]);")]
    [InlineData("Keep(string.Format(\"{0} {1}\", 1, [|LoadAsync()|]));")]
    [InlineData("text.Append($\"{[|LoadAsync()|]}\");")]
    [InlineData("text.Append([|LoadAsync()|]);")]
    [InlineData("Keep(JsonSerializer.Serialize([|LoadAsync()|]));")]
    [InlineData("log.LogInformation(\"{Name}\", [|LoadAsync()|]);")]
    [InlineData("var load = LoadAsync(); log.LogInformation($\"{[|load|]}\"); await load;")]
    [InlineData("if ([|FindAsync()|] == null) return;")]
    [InlineData("if (null != [|FindAsync(3)|]) Keep(1);")]
    [InlineData("Keep($\"{[|SaveAsync()|]}\");")]
    [InlineData("Keep($\"{[|PeekAsync()|]}\");")]
    [InlineData("Keep(\"n: \" + [|_load|]);")]

    // Forms in public code: an endpoint's result, a count in a log, a serialised list, a duplicate check, a guard that never closes.
    [InlineData("Keep(Results.Ok([|LoadAsync()|]));")]
    [InlineData("Keep(Results.Json([|CountAsync()|]));")]
    [InlineData("Keep(Results.Ok(new { Name = [|LoadAsync()|] }));")]
    [InlineData("Keep(Results.Json(new { Id = 1, Row = new { Count = [|CountAsync()|] } }));")]
    [InlineData("Keep(JsonSerializer.Serialize(new { _load.Id, Name = [|LoadAsync()|] }).Length);")]
    [InlineData("Keep(JsonSerializer.Serialize(new[] { new { Name = [|LoadAsync()|] } }));")]
    [InlineData("Keep(TypedResults.Ok([|LoadAsync()|]));")]
    [InlineData("log.LogWarning(\"{Count} rows, {Name}\", 3, [|CountAsync()|]);")]
    [InlineData("Keep(new OkObjectResult([|LoadAsync()|]));")]
    [InlineData("if ([|FindAsync(7)|] != null) throw new InvalidOperationException(\"Exists\");")]
    [InlineData("throw new InvalidOperationException($\"No row for {[|LoadAsync()|]}\");")]
    public Task Task_InPlaceOfItsResult_IsReported(string code) => Reports(In(code), Web);

    [Theory]
    [InlineData("Keep($\"{await LoadAsync()}\");")]
    [InlineData("Keep(\"a\" + await LoadAsync());")]
    [InlineData("Keep($\"{LoadAsync().Status}\");")]
    [InlineData("Keep($\"{_load.Id}\");")]
    [InlineData("Keep(LoadAsync());")]
    [InlineData("Keep((object)LoadAsync());")]
    [InlineData("ArgumentNullException.ThrowIfNull(_load);")]
    [InlineData("if (_load == null) return;")]
    [InlineData("if (_load is null) return;")]
    [InlineData("if (FindAsync() is null) return;")]
    [InlineData("if (MaybeAsync() == null) return;")]
    [InlineData("if (find() == null) return;")]
    [InlineData("if (CountAsync() == null!) return;")]
    [InlineData("if (tasks.GetValueOrDefault(\"a\") == null) return;")]
    [InlineData("Keep(ReferenceEquals(_load, LoadAsync()));")]
    [InlineData("if (_load == LoadAsync()) return;")]
    [InlineData("log.LogInformation(\"{Name}\", await LoadAsync());")]
    [InlineData("Keep(nameof(LoadAsync) + \"a\");")]
    [InlineData("Keep($\"{(object)_load}\");")]

    // Forms in public code.
    [InlineData("Keep(Results.Ok(await LoadAsync()));")]
    [InlineData("Keep(Results.Ok(new { Name = await LoadAsync() }));")]
    [InlineData("Keep(Results.Ok(new { Status = LoadAsync().Status }));")]
    [InlineData("Keep(new { Name = LoadAsync() });")]
    [InlineData("Keep(Results.Ok(new { Later = new Func<Task>(() => LoadAsync()) }));")]
    [InlineData("if (await FindAsync() == null) return;")]
    [InlineData("log.LogDebug(\"{Id} {Status}\", _load.Id, _load.Status);")]
    [InlineData("GC.KeepAlive(LoadAsync());")]
    [InlineData("System.Diagnostics.Debug.Assert(_load != null);")]
    [InlineData("tasks.TryAdd(\"a\", LoadAsync()); Keep(tasks);")]
    [InlineData("if (Interlocked.CompareExchange(ref _load, LoadAsync(), null!) == null) return;")]
    public Task Task_ThatIsMeant_IsSilent(string code) => Silent(In(code), Web);

    [Fact]
    public Task Object_OfAsyncFunction_IsReported() => Reports(
        """
        Task<string> LoadAsync() => Task.FromResult("");
        async Task<object> A() { await Task.Yield(); return [|LoadAsync()|]; }
        async Task<dynamic> B() { await Task.Yield(); return [|LoadAsync()|]; }
        Func<Task<object>> F() => async () => { await Task.Yield(); return [|LoadAsync()|]; };
        async Task<IActionResult> Get() { await Task.Yield(); return new JsonResult([|LoadAsync()|]); }
        """,
        Web);

    [Fact]
    public Task Object_OfSynchronousFunction_IsSilent() => Silent(
        """
        Task<string> LoadAsync() => Task.FromResult("");
        object A() => LoadAsync();
        object B() { return LoadAsync(); }
        async Task<object> E() { await Task.Yield(); return await LoadAsync(); }
        async Task<Task> D() { await Task.Yield(); return LoadAsync(); }
        Func<object> F() => () => LoadAsync();
        """);

    [Fact]
    public Task Value_InAsyncFunction_IsAwaited() => Fixes(
        """
        Task<string?> FindAsync(int id) => Task.FromResult<string?>(null);
        Task<int> CountAsync(int id) => Task.FromResult(id);
        async Task<string> M(int id)
        {
            await Task.Yield();
            if ([|FindAsync(id)|] == null) return "";
            return $"Found {[|FindAsync(id)|]}" + [|CountAsync(id + 1)|].ToString();
        }
        """,
        """
        Task<string?> FindAsync(int id) => Task.FromResult<string?>(null);
        Task<int> CountAsync(int id) => Task.FromResult(id);
        async Task<string> M(int id)
        {
            await Task.Yield();
            if (await FindAsync(id) == null) return "";
            return $"Found {await FindAsync(id)}" + (await CountAsync(id + 1)).ToString();
        }
        """);

    [Fact]
    public Task Endpoint_BecomesAsync() => Fixes(
        """
        static Task<string> LoadAsync() => Task.FromResult("");
        static void Map(WebApplication app)
        {
            app.MapGet("/name", () => Results.Ok([|LoadAsync()|]));
            app.MapGet("/names", async () => { await Task.Yield(); return Results.Json([|LoadAsync()|]); });
        }
        """,
        """
        static Task<string> LoadAsync() => Task.FromResult("");
        static void Map(WebApplication app)
        {
            app.MapGet("/name", async () => Results.Ok(await LoadAsync()));
            app.MapGet("/names", async () => { await Task.Yield(); return Results.Json(await LoadAsync()); });
        }
        """,
        Web);

    // CS4014: in an async lambda the compiler warns of the call that is dropped.
    [Theory]
    [InlineData("() => { SaveAsync(); return Results.Ok([|LoadAsync()|]); }")]
    [InlineData("(string? a) => { if (a != null) a.ToString().Clone(); SaveAsync(); return Results.Ok($\"{[|LoadAsync()|]}\"); }")]
    [InlineData("() => { SaveAsync().ConfigureAwait(false); return Results.Ok([|LoadAsync()|]); }")]
    [InlineData("() => { SaveAsync(); Console.WriteLine([|LoadAsync()|]); return SaveAsync(); }")]
    public Task Await_BesideADroppedTask_IsNotOffered(string lambda) => NoFix(
        "static Task<string> LoadAsync() => Task.FromResult(\"\"); static Task SaveAsync() => Task.CompletedTask;"
            + " static void Map(WebApplication app) { app.MapGet(\"/name\", " + lambda + "); }", Web);

    [Theory]
    [InlineData("() => { _ = SaveAsync(); return Results.Ok([|LoadAsync()|]); }",
        "async () => { _ = SaveAsync(); return Results.Ok(await LoadAsync()); }")]
    [InlineData("() => { Func<Task> f = () => { SaveAsync(); return SaveAsync(); }; return Results.Ok([|LoadAsync()|]); }",
        "async () => { Func<Task> f = () => { SaveAsync(); return SaveAsync(); }; return Results.Ok(await LoadAsync()); }")]
    public Task Await_InALambdaThatDropsNothing_IsOffered(string lambda, string expected) => Fixes(
        "static Task<string> LoadAsync() => Task.FromResult(\"\"); static Task SaveAsync() => Task.CompletedTask;"
            + " static void Map(WebApplication app) { app.MapGet(\"/name\", " + lambda + "); }",
        "static Task<string> LoadAsync() => Task.FromResult(\"\"); static Task SaveAsync() => Task.CompletedTask;"
            + " static void Map(WebApplication app) { app.MapGet(\"/name\", " + expected + "); }", Web);

    [Fact]
    public Task FunctionThatReturnsTask_BecomesAsync() => Fixes(
        """
        Task<string> LoadAsync() => Task.FromResult("");
        Task WriteAsync(string path) => File.WriteAllTextAsync(path, $"{[|LoadAsync()|]}");
        """,
        """
        Task<string> LoadAsync() => Task.FromResult("");
        async Task WriteAsync(string path) => await File.WriteAllTextAsync(path, $"{await LoadAsync()}");
        """);

    [Fact]
    public Task TaskWithoutResult_OrSynchronousFunction_HasNoFix() => NoFix(
        """
        Task SaveAsync() => Task.CompletedTask;
        Task<string> LoadAsync() => Task.FromResult("");
        async Task<string> A() { await Task.Yield(); return $"{[|SaveAsync()|]}"; }
        string B() => $"{[|LoadAsync()|]}";
        """);
}
