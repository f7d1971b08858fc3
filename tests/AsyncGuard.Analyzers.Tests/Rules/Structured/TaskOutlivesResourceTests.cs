using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class TaskOutlivesResourceTests : RuleTest<TaskOutlivesResourceAnalyzer, TaskOutlivesResourceFix>
{
    private const string Run =
        "Task<string> LoadAsync(TextReader r) => r.ReadToEndAsync(); Task<string> NameAsync(string s, int n = 0) => Task.FromResult(s); Task<string> TokenAsync(CancellationToken t) => Task.FromResult(\"\"); StreamReader Open(string p) => new(p); void Use(object? o) { }\n";

    // Reported

    [Theory]
    [InlineData("using var r = Open(p); return [|r.ReadToEndAsync()|];")]
    [InlineData("using (var r = Open(p)) return [|r.ReadToEndAsync()|];")]
    [InlineData("using (var r = Open(p)) { Use(p); return [|r.ReadToEndAsync()|]; }")]
    [InlineData("using StreamReader a = Open(p), b = Open(p); return [|b.ReadToEndAsync()|];")]
    [InlineData("using var r = Open(p); return [|LoadAsync(r)|];")]
    [InlineData("using var r = Open(p); return [|r.ReadToEndAsync(default).ContinueWith(t => t.Result)|];")]
    [InlineData("using var r = Open(p); if (p.Length > 3) { return [|r.ReadToEndAsync()|]; } return Task.FromResult(p);")]
    [InlineData("using var r = Open(p); return [|p.Length > 3 ? r.ReadToEndAsync() : Task.FromResult(p)|];")]
    [InlineData("using var r = Open(p); var t = r.ReadToEndAsync(); return [|t|];")]
    [InlineData("using var r = Open(p); return [|Task.Run(() => r.ReadToEnd())|];")]
    [InlineData("using var r = Open(p); return [|Task.Run(async () => await r.ReadToEndAsync())|];")]
    [InlineData("using var stream = File.OpenRead(p); var r = new StreamReader(stream); return [|r.ReadToEndAsync()|];")]
    [InlineData("using var stream = File.OpenRead(p); return [|new StreamReader(stream).ReadToEndAsync()|];")]
    [InlineData("using var client = new System.Net.Http.HttpClient(); return [|client.GetStringAsync(p)|];")]
    [InlineData("using var source = new CancellationTokenSource(100); return [|TokenAsync(source.Token)|];")]
    [InlineData("using var message = new System.Net.Http.HttpResponseMessage(); return [|message.Content.ReadAsStringAsync()|];")]
    [InlineData("try { using var r = Open(p); return [|r.ReadToEndAsync()|]; } finally { Use(p); }")]
    public Task Task_LeavesUsing_IsReported(string body) => Reports(Run + $"Task<string> M(string p) {{ {body} }}");

    [Theory]
    [InlineData("Task<string> t; using (var r = Open(p)) { [|t = r.ReadToEndAsync()|]; } return await t;")]
    [InlineData("Task<string>? t = null; using (var r = Open(p)) { if (p.Length > 3) t = r.ReadToEndAsync(); } return await t!;")]
    public Task Task_AwaitedBehindUsing_IsReported(string body) => Reports(
        Run +
            $"async Task<string> M(string p) {{ {body.Replace("[|t = r.ReadToEndAsync()|]", "t = [|r.ReadToEndAsync()|]", System.StringComparison.Ordinal).Replace("3) t = r.ReadToEndAsync()", "3) t = [|r.ReadToEndAsync()|]", System.StringComparison.Ordinal)} }}");

    [Fact]
    public Task Task_InEveryKindOfFunction_IsReported() => Reports(
        Run +
        """
        Func<Task<string>> L(string p) => () => { using var r = Open(p); return [|r.ReadToEndAsync()|]; };
        Task<string> F(string p) { return Local(); Task<string> Local() { using var r = Open(p); return [|r.ReadToEndAsync()|]; } }
        Task<string> P { get { using var r = Open("p"); return [|r.ReadToEndAsync()|]; } }
        ValueTask<int> V(string p, byte[] b) { using var s = File.OpenRead(p); return [|s.ReadAsync(b)|]; }
        Task<T> G<T>(Func<TextReader, Task<T>> read, string p) { using var r = Open(p); return [|read(r)|]; }
        Func<string, Task<string>> D => delegate (string p) { using var r = Open(p); return [|r.ReadToEndAsync()|]; };
        static Task Main2(string p) { using (var r = new StreamReader(p)) { return [|r.ReadLineAsync()|]; } }
        """);

    [Fact]
    public Task Task_OfServiceInScope_IsReported() => Reports(
        """
        Task M(IServiceScopeFactory scopes) { using var scope = scopes.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<Db>(); return [|db.SaveAsync()|]; }
        Task N(IServiceProvider services) { using var scope = services.CreateScope(); return [|scope.ServiceProvider.GetRequiredService<Db>().SaveAsync()|]; }
        class Db { public Task SaveAsync() => Task.Delay(1); }
        """,
        RuleTestOptions.Default with { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.Extensions.DependencyInjection"] });

    [Fact]
    public Task Task_InOldCSharp_IsReported() => Reports(
        "Task<string> M(string p) { using (var r = new StreamReader(p)) { return [|r.ReadToEndAsync()|]; } }",
        RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3 });

    // Silent

    [Theory]
    [InlineData("using var r = Open(p); return NameAsync(p);")]
    [InlineData("using var r = Open(p); return NameAsync(r.ReadToEnd());")]
    [InlineData("using var r = Open(p); return NameAsync(r.CurrentEncoding.WebName, r.Read());")]
    [InlineData("using var r = Open(p); var line = r.ReadLine(); return NameAsync(line!);")]
    [InlineData("using var r = Open(p); return Task.FromResult(r.ReadToEnd());")]
    [InlineData("var r = Open(p); return r.ReadToEndAsync();")]
    [InlineData("using (var r = Open(p)) Use(r.Read()); return NameAsync(p);")]
    [InlineData("if (p.Length > 3) { using var r = Open(p); Use(r); } var s = Open(p); return s.ReadToEndAsync();")]
    [InlineData("using var stream = new MemoryStream(); return NameAsync(Convert.ToBase64String(stream.ToArray()));")]
    [InlineData(
        "using var r = Open(p); return Local(); async Task<string> Local() { using var s = Open(p); return await s.ReadToEndAsync(); }")]
    [InlineData("Func<StreamReader, Task<string>> f = r => r.ReadToEndAsync(); using var q = Open(p); Use(f); return NameAsync(p);")]
    [InlineData("var r = Open(p); using (r) { return NameAsync(p); }")]
    [InlineData("using var r = Open(p); throw new Exception(p);")]
    [InlineData("using var source = new CancellationTokenSource(); return NameAsync(source.IsCancellationRequested.ToString());")]
    public Task Task_ThatDoesNotNeedTheResource_IsSilent(string body) => Silent(Run + $"Task<string> M(string p) {{ {body} }}");

    [Theory]
    [InlineData("using var r = Open(p); return await r.ReadToEndAsync();")]
    [InlineData("using (var r = Open(p)) { return await LoadAsync(r); }")]
    [InlineData("using var r = Open(p); var t = r.ReadToEndAsync(); return await t;")]
    [InlineData("Task<string> t; using (var r = Open(p)) { t = r.ReadToEndAsync(); await t; } return await t;")]
    [InlineData("Task<string> t; using (var r = Open(p)) { t = r.ReadToEndAsync(); await Task.WhenAll(t); } return t.Result;")]
    [InlineData("using var r = Open(p); Task<string> t; t = r.ReadToEndAsync(); return await t;")]
    [InlineData("using var r = Open(p); return await Task.Run(() => r.ReadToEnd());")]
    public Task Task_AwaitedInside_IsSilent(string body) => Silent(Run + $"async Task<string> M(string p) {{ {body} }}");

    // Fixed

    [Theory]
    [InlineData("using var r = Open(p);\n    return [|r.ReadToEndAsync()|]; // all",
        "using var r = Open(p);\n    return await r.ReadToEndAsync(); // all")]
    [InlineData(
        "using (var r = Open(p))\n    {\n        if (p.Length > 3) return Task.FromResult(p);\n        return [|LoadAsync(r)|];\n    }",
            "using (var r = Open(p))\n    {\n        if (p.Length > 3) return p;\n        return await LoadAsync(r);\n    }")]
    [InlineData("using var r = Open(p);\n    var t = r.ReadToEndAsync();\n    return [|t|];",
        "using var r = Open(p);\n    var t = r.ReadToEndAsync();\n    return await t;")]
    [InlineData("using var r = Open(p);\n    if (p.Length > 3) return [|r.ReadToEndAsync()|];\n    return [|LoadAsync(r)|];",
        "using var r = Open(p);\n    if (p.Length > 3) return await r.ReadToEndAsync();\n    return await LoadAsync(r);")]
    [InlineData("using var r = Open(p);\n    return [|p.Length > 3 ? r.ReadToEndAsync() : Task.FromResult(p)|];",
        "using var r = Open(p);\n    return p.Length > 3 ? await r.ReadToEndAsync() : p;")]
    public Task Task_IsAwaitedInside(string body, string expected) => Fixes(
        Run + $"/// <summary>Loads.</summary>\npublic Task<string> M(string p)\n{{\n    {body}\n}}",
        Run + $"/// <summary>Loads.</summary>\npublic async Task<string> M(string p)\n{{\n    {expected}\n}}");

    [Fact]
    public Task Task_InLambdaAndWithoutValue_IsAwaitedInside() => Fixes(
        Run +
            "Func<Task<string>> L(string p) => () => { using var r = Open(p); return [|r.ReadToEndAsync()|]; }; Task N(Stream s) { using var w = new StreamWriter(s); return [|w.WriteAsync(\"a\")|]; }",
        Run +
            "Func<Task<string>> L(string p) => async () => { using var r = Open(p); return await r.ReadToEndAsync(); }; async Task N(Stream s) { using var w = new StreamWriter(s); await w.WriteAsync(\"a\"); }");

    [Theory]
    [InlineData("using (var r = Open(p)) return [|r.ReadToEndAsync()|];", "using (var r = Open(p)) return await r.ReadToEndAsync();")]
    [InlineData("using (var r = Open(p)) { return [|r.ReadToEndAsync()|]; }", "using (var r = Open(p)) { return await r.ReadToEndAsync(); }")]
    [InlineData("using (var r = Open(p)) return [|r.ReadToEndAsync()|]; // all", "using (var r = Open(p)) return await r.ReadToEndAsync(); // all")]
    [InlineData("if (p.Length > 1) using (var r = Open(p)) return [|r.ReadToEndAsync()|];\n    return Task.FromResult(\"\");",
        "if (p.Length > 1) using (var r = Open(p)) return await r.ReadToEndAsync();\n    return \"\";")]
    public Task Task_InAUsingOfOneLine_StaysInIt(string body, string expected) => Fixes(
        Run + $"public Task<string> M(string p)\n{{\n    {body}\n}}",
        Run + $"public async Task<string> M(string p)\n{{\n    {expected}\n}}");

    [Theory]
    [InlineData("using (var w = new StreamWriter(p)) return [|w.WriteAsync(p)|];", "using (var w = new StreamWriter(p)) await w.WriteAsync(p);")]
    [InlineData("using (var w = new StreamWriter(p)) { return [|w.WriteAsync(p)|]; }", "using (var w = new StreamWriter(p)) { await w.WriteAsync(p); }")]
    [InlineData("using (var w = new StreamWriter(p))\n        return [|w.WriteAsync(p)|];", "using (var w = new StreamWriter(p))\n        await w.WriteAsync(p);")]
    [InlineData("using (var w = new StreamWriter(p))\n    {\n        return [|w.WriteAsync(p)|];\n    }", "using (var w = new StreamWriter(p))\n    {\n        await w.WriteAsync(p);\n    }")]
    [InlineData("if (p.Length > 1) using (var w = new StreamWriter(p)) return [|w.WriteAsync(p)|];\n    return Task.Delay(p.Length);",
        "if (p.Length > 1) using (var w = new StreamWriter(p)) { await w.WriteAsync(p); return; }\n    await Task.Delay(p.Length);")]
    [InlineData("if (p.Length > 1)\n        using (var w = new StreamWriter(p))\n            return [|w.WriteAsync(p)|];\n    return Task.Delay(p.Length);",
        "if (p.Length > 1)\n        using (var w = new StreamWriter(p))\n        {\n            await w.WriteAsync(p);\n            return;\n        }\n    await Task.Delay(p.Length);")]
    public Task TaskWithoutValue_InAUsingOfOneLine_StaysInIt(string body, string expected) => Fixes(
        $"Task M(string p)\n{{\n    {body}\n}}", $"async Task M(string p)\n{{\n    {expected}\n}}");

    [Theory]
    [InlineData("Task<string> P { get { using var r = Open(\"p\"); return [|r.ReadToEndAsync()|]; } }")]
    [InlineData("Task<string> M(ref string p) { using var r = Open(p); return [|r.ReadToEndAsync()|]; }")]
    [InlineData(
        "async Task<string> M(string p) { Task<string> t; using (var r = Open(p)) { t = [|r.ReadToEndAsync()|]; } return await t; }")]
    public Task Task_WhereNoCodeCanAwait_HasNoFix(string member) => NoFix(Run + member);

    // Locks

    private const string Lock =
        "class AsyncLock { public Task<IDisposable> LockAsync(CancellationToken t = default) => null!; public IDisposable ReaderLock() => null!; public IDisposable GetLock() => null!; public IDisposable Unlock() => null!; } "
        + "readonly AsyncLock _gate = new(); readonly SemaphoreSlim _semaphore = new(1); Task<string>? _pending; int _count;\n";

    private static readonly RuleTestOptions Locking = RuleTestOptions.Default with
    {
        OtherFiles = [("Locking.cs",
            "using System; using System.Threading; using System.Threading.Tasks; static class Locking { public static Task<IDisposable> LockAsync(this SemaphoreSlim s) => null!; public static IDisposable Enter(this SemaphoreSlim s) => null!; public static IDisposable Enter(this string s) => null!; }")],
    };

    [Theory]
    [InlineData("using (_gate.ReaderLock()) return [|NameAsync(p)|];")]
    [InlineData("using (_gate.ReaderLock()) { Use(p); return [|NameAsync(p)|]; }")]
    [InlineData("using var held = _gate.ReaderLock(); return [|NameAsync(p)|];")]
    [InlineData("using var held = _gate.ReaderLock(); var t = NameAsync(p); return [|t|];")]
    [InlineData("using (var held = _gate.ReaderLock()) { if (p.Length > 3) return [|Task.Run(() => p)|]; } return Task.FromResult(p);")]
    [InlineData("using (_semaphore.Enter()) return [|NameAsync(p)|];")]
    public Task Task_LeavesLock_IsReported(string body) => Reports(Run + Lock + $"Task<string> M(string p) {{ {body} }}", Locking);

    [Theory]
    [InlineData("Task<string> t; using (await _gate.LockAsync()) { t = [|NameAsync(p)|]; } return await t;")]
    [InlineData("Task<string> t; using (await _gate.LockAsync().ConfigureAwait(false)) t = [|NameAsync(p)|]; return await t;")]
    [InlineData("Task<string> t; using (var held = await _semaphore.LockAsync()) { t = [|NameAsync(p)|]; } return await t;")]
    public Task Task_AwaitedBehindLock_IsReported(string body) =>
    Reports(Run + Lock + $"async Task<string> M(string p) {{ {body} }}", Locking);

    [Theory]
    [InlineData("using (_gate.ReaderLock()) { _count++; } return NameAsync(p);")]
    [InlineData("using (_gate.ReaderLock()) return Task.FromResult(p);")]
    [InlineData("var t = NameAsync(p); using (_gate.ReaderLock()) { Use(t); return t; }")]
    [InlineData("var t = NameAsync(p); using var held = _gate.ReaderLock(); _count++; return t;")]
    [InlineData("using (_gate.ReaderLock()) { _pending ??= NameAsync(p); return _pending; }")]
    [InlineData("using (_gate.ReaderLock()) return _pending ??= NameAsync(p);")]
    [InlineData("using (_gate.GetLock()) return NameAsync(p);")]
    [InlineData("using (_gate.Unlock()) return NameAsync(p);")]
    [InlineData("using (p.Enter()) return NameAsync(p);")]
    [InlineData("using (_gate.ReaderLock()) { Func<Task<string>> f = () => NameAsync(p); Use(f); } return NameAsync(p);")]
    public Task Task_ThatIsNotUnderTheLock_IsSilent(string body) => Silent(Run + Lock + $"Task<string> M(string p) {{ {body} }}", Locking);

    // The lock is for what is awaited in it, not for the answer.
    [Theory]
    [InlineData("Task<string> t; using (await _gate.LockAsync()) { t = NameAsync(p); await Task.Delay(p.Length); } return await t;")]
    [InlineData("Task<string>? t; using var _ = Open(p); using (await _gate.LockAsync()) { t = NameAsync(p); await Task.Yield(); } return await t;")]
    public Task Task_WithAnotherAwaitUnderTheLock_IsSilent(string body) =>
    Silent(Run + Lock + $"async Task<string> M(string p) {{ {body} }}", Locking);

    [Theory]
    [InlineData("using (_gate.ReaderLock()) return Expect(p);")]
    [InlineData("Task<string> t; using (_gate.ReaderLock()) { t = Expect(p); } return t;")]
    [InlineData("using (_gate.ReaderLock()) return Forward(p);")]
    [InlineData("using var held = _gate.ReaderLock(); var t = Forward(p); return t;")]
    public Task TaskOfACompletionSource_UnderTheLock_IsSilent(string body) => Silent(Run + Lock + Promise
        + $"Task<string> M(string p) {{ {body} }}", Locking);

    [Theory]
    [InlineData("using (_gate.ReaderLock()) return [|Either(p)|];")]
    [InlineData("using (_gate.ReaderLock()) return [|Overridden(p)|];")]
    public Task TaskOfUnknownOrigin_UnderTheLock_IsReported(string body) => Reports(Run + Lock + Promise
        + $"Task<string> M(string p) {{ {body} }}", Locking);

    private const string Promise =
        "readonly Dictionary<string, TaskCompletionSource<string>> _waiting = new(); "
        + "Task<string> Expect(string p) { var s = new TaskCompletionSource<string>(); _waiting[p] = s; return s.Task; } "
        + "Task<string> Forward(string p) { var t = Expect(p); return t; } "
        + "Task<string> Either(string p) { if (p.Length > 2) return NameAsync(p); return Expect(p); } "
        + "protected virtual Task<string> Overridden(string p) => Expect(p);\n";

    [Theory]
    [InlineData("using (await _gate.LockAsync()) return await NameAsync(p);")]
    [InlineData("using var held = await _gate.LockAsync(); var t = NameAsync(p); return await t;")]
    [InlineData("Task<string> t; using (await _gate.LockAsync()) { t = NameAsync(p); await t; } return await t;")]
    [InlineData("Task<string> t; using (await _gate.LockAsync()) { t = NameAsync(p); _pending = t; } return await t;")]
    public Task Task_AwaitedUnderTheLock_IsSilent(string body) =>
    Silent(Run + Lock + $"async Task<string> M(string p) {{ {body} }}", Locking);

#if !ROSLYN_FLOOR
    // No await can stand in it anyway.
    [Fact]
    public Task Task_UnderTheLockOfAThread_IsSilent() =>
    Silent(Run + "readonly Lock _lock = new(); Task<string> M(string p) { using (_lock.EnterScope()) return NameAsync(p); }");
#endif

    [Fact]
    public Task Task_UnderALock_IsAwaitedInside() => Fixes(
        Run + Lock + "Task<string> M(string p)\n{\n    using (_gate.ReaderLock())\n        return [|NameAsync(p)|];\n}",
        Run + Lock + "async Task<string> M(string p)\n{\n    using (_gate.ReaderLock())\n        return await NameAsync(p);\n}",
        Locking);

    [Theory]
    [InlineData(
        "sealed class Scope : IDisposable { public void Dispose() { } public Task RunAsync() => Task.Delay(1); } Task M() { using var s = new Scope(); return s.RunAsync(); }")]
    [InlineData(
        "class Scope : IDisposable { void IDisposable.Dispose() { } public async Task RunAsync() => await Task.Yield(); } Task M() { using var s = new Scope(); return s.RunAsync(); }")]
    public Task Dispose_ThatDoesNothing_IsSilent(string members) => Silent(members);

    [Theory]
    [InlineData(
        "class Scope : IDisposable { public virtual void Dispose() { } public async Task RunAsync() { await Task.Yield(); GC.KeepAlive(this); } } Task M() { using var s = new Scope(); return [|s.RunAsync()|]; }")]
    [InlineData(
        "class Scope : IDisposable { bool _done; public void Dispose() { _done = true; } public async Task<bool> RunAsync() { await Task.Yield(); return _done; } } Task M() { using var s = new Scope(); return [|s.RunAsync()|]; }")]
    public Task Dispose_ThatMayDoSomething_IsReported(string members) => Reports(members);
}
