using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// What the fix leaves as it is.
public sealed partial class BlockingCallTests
{
    [Fact]
    public Task Acquire_FirstInTheTryThatGivesItBack_MovesInFrontOfIt() => Fixes(
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(CancellationToken token)
        {
            try
            {
                [|_gate.Wait()|];
                await Task.Delay(10, token);
            }
            finally { _gate.Release(); }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(CancellationToken token)
        {
            await _gate.WaitAsync(token);
            try
            {
                await Task.Delay(10, token);
            }
            finally { _gate.Release(); }
        }
        """);

    [Theory]
    [InlineData("try { Console.WriteLine(); [|_gate.Wait()|]; } finally { _gate.Release(); }")]
    [InlineData("try { [|_gate.Wait()|]; } catch (Exception) { _gate.Release(); throw; }")]
    public Task Acquire_ThatMustNotFail_WithATokenInScope_HasNoFix(string body) =>
    NoFix($"readonly SemaphoreSlim _gate = new(1, 1); async Task M(CancellationToken token) {{ {body} await Task.Delay(1, token); }}");

    [Fact]
    public Task Acquire_InTheTry_WithoutATokenInScope_Stays() => Fixes(
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M() { try { [|_gate.Wait()|]; await Task.Delay(1); } finally { _gate.Release(); } }",
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M() { try { await _gate.WaitAsync(); await Task.Delay(1); } finally { _gate.Release(); } }");

    // What a class overrides, and its counterpart does not run

    [Theory]
    [InlineData("class Db : DbContext { public override int SaveChanges(bool all) => base.SaveChanges(all); }")]
    [InlineData("class Audited : DbContext { public override int SaveChanges(bool all) => base.SaveChanges(all); } class Db : Audited { }")]
    public Task Call_OfWhatAClassOverrides_AndNotItsCounterpart_HasNoFix(string classes) => NoFix(
        $"{classes} async Task M(Db db) {{ [|db.SaveChanges()|]; await Task.Yield(); }}",
        EntityFramework with { ExtraUsings = ["Microsoft.EntityFrameworkCore"] });

    [Fact]
    public Task Call_OfWhatAClassOverrides_WithItsCounterpart_IsReplaced() => Fixes(
        $"{OverridesBoth} async Task M(Db db) {{ [|db.SaveChanges()|]; await Task.Yield(); }}",
        $"{OverridesBoth} async Task M(Db db) {{ await db.SaveChangesAsync(); await Task.Yield(); }}",
        EntityFramework with { ExtraUsings = ["Microsoft.EntityFrameworkCore"] });

    private const string OverridesBoth =
        "class Db : DbContext { public override int SaveChanges(bool all) => base.SaveChanges(all); "
        + "public override Task<int> SaveChangesAsync(bool all, CancellationToken token = default) => base.SaveChangesAsync(all, token); }";

    // Between taking a thread's lock and giving it back

    [Theory]
    [InlineData("Monitor.Enter(_gate); try { [|File.ReadAllText(\"a\")|]; } finally { Monitor.Exit(_gate); }")]
    [InlineData("_mutex.WaitOne(); try { [|File.ReadAllText(\"a\")|]; } finally { _mutex.ReleaseMutex(); }")]
    [InlineData("_lock.Enter(); try { [|File.ReadAllText(\"a\")|]; } finally { _lock.Exit(); }")]
    [InlineData("_rows.EnterWriteLock(); try { [|File.ReadAllText(\"a\")|]; } finally { _rows.ExitWriteLock(); }")]
    [InlineData("if (Monitor.TryEnter(_gate)) { [|File.ReadAllText(\"a\")|]; Monitor.Exit(_gate); }")]
    [InlineData("using (_lock.EnterScope()) { [|File.ReadAllText(\"a\")|]; }")]
    [InlineData("using var scope = _lock.EnterScope(); [|File.ReadAllText(\"a\")|];")]
    public Task Call_UnderAThreadsLock_HasNoFix(string body) => NoFix(
        $"readonly object _gate = new(); readonly Mutex _mutex = new(); readonly Lock _lock = new(); readonly ReaderWriterLockSlim _rows = new(); Task M() {{ {body} return Task.CompletedTask; }}");

    [Fact]
    public Task Call_AfterTheLock_IsFixed() => Fixes(
        "readonly object _gate = new(); async Task M() { Monitor.Enter(_gate); Monitor.Exit(_gate); [|File.ReadAllText(\"a\")|]; await Task.Yield(); }",
        "readonly object _gate = new(); async Task M() { Monitor.Enter(_gate); Monitor.Exit(_gate); await File.ReadAllTextAsync(\"a\"); await Task.Yield(); }");

    // What cannot live across an await

    [Theory]
#if !ROSLYN_FLOOR
    [InlineData("foreach (var c in \"abc\".AsSpan()) { [|File.ReadAllText(\"a\")|]; }")]
#endif
#if !ROSLYN_FLOOR
    [InlineData("foreach (ref var n in numbers.AsSpan()) { [|File.ReadAllText(\"a\")|]; }")]
#endif
    [InlineData("Slot(numbers) = [|File.ReadAllText(\"a\")|].Length;")]
    [InlineData("Slot(numbers) += [|File.ReadAllText(\"a\")|].Length;")]
    [InlineData("numbers.AsSpan()[0] = [|File.ReadAllText(\"a\")|].Length;")]
    [InlineData("numbers.AsSpan().Fill([|File.ReadAllText(\"a\")|].Length);")]
#if !ROSLYN_FLOOR
    [InlineData("var s = numbers.AsSpan(); s[0] = [|File.ReadAllText(\"a\")|].Length;")]
#endif
    [InlineData("var s = string.Create(System.Globalization.CultureInfo.InvariantCulture, $\"{[|File.ReadAllText(\"a\")|]}\");")]
    public Task Call_WithASpanAroundIt_HasNoFix(string body) =>
    NoFix($"ref int Slot(int[] a) => ref a[0]; async Task M(int[] numbers) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("var p = Path.Combine(\"a\", [|File.ReadAllText(\"a\")|], \"b\", \"c\", \"d\", \"e\");",
        "var p = Path.Combine(\"a\", await File.ReadAllTextAsync(\"a\"), \"b\", \"c\", \"d\", \"e\");")]
    [InlineData("var p = string.Concat(\"a\", [|File.ReadAllText(\"a\")|], \"b\", \"c\", \"d\", \"e\");",
        "var p = string.Concat(\"a\", await File.ReadAllTextAsync(\"a\"), \"b\", \"c\", \"d\", \"e\");")]
#if !ROSLYN_FLOOR
    [InlineData("ReadOnlySpan<char> s = [|File.ReadAllText(\"a\")|]; Console.WriteLine(s.Length);",
        "ReadOnlySpan<char> s = await File.ReadAllTextAsync(\"a\"); Console.WriteLine(s.Length);")]
#endif
    [InlineData("Console.WriteLine(Holder?.Add([|File.ReadAllText(\"a\")|]));",
        "Console.WriteLine(Holder?.Add(await File.ReadAllTextAsync(\"a\")));")]
#if !ROSLYN_FLOOR
    [InlineData("Holder?.Text = [|File.ReadAllText(\"a\")|];", "Holder?.Text = await File.ReadAllTextAsync(\"a\");")]
#endif
    [InlineData("numbers[0] = [|File.ReadAllText(\"a\")|].Length;", "numbers[0] = (await File.ReadAllTextAsync(\"a\")).Length;")]
    public Task Call_WhereAnAwaitMayStand_IsFixed(string body, string expected) => Fixes(
        $"class H {{ public string Text = \"\"; public int Add(string s) => s.Length; }} H? Holder = new(); async Task M(int[] numbers) {{ await Task.Yield(); {body} }}",
        $"class H {{ public string Text = \"\"; public int Add(string s) => s.Length; }} H? Holder = new(); async Task M(int[] numbers) {{ await Task.Yield(); {expected} }}");

    [Fact]
    public Task Counterpart_ThatWantsAToken_WhereNoneIsInScope_GetsNone() => Fixes(
        "class Own { public void Load(int x) { } public Task LoadAsync(int x, CancellationToken c) => Task.CompletedTask; } async Task M(Own o) { await Task.Yield(); [|o.Load(1)|]; }",
        "class Own { public void Load(int x) { } public Task LoadAsync(int x, CancellationToken c) => Task.CompletedTask; } async Task M(Own o) { await Task.Yield(); await o.LoadAsync(1, CancellationToken.None); }");

    [Fact]
    public Task Return_OfAResultThatIsNotUsed_BecomesNothing() => Fixes(
        "Task M(bool b) { if (b) return Task.FromResult(1); [|File.ReadAllText(\"a\")|]; return Task.FromResult(true); }",
        "async Task M(bool b) { if (b) return; await File.ReadAllTextAsync(\"a\"); }");

    // Counterparts that are something else

    [Theory]
    [InlineData(
        "class A { } class B { } void Update(A a, bool live = false) { } Task UpdateAsync(B? b = null) => Task.CompletedTask; async Task M() { await Task.Yield(); Update(null!); }")]
    [InlineData(
        "void Weigh(long grams) { } Task WeighAsync(double grams) => Task.CompletedTask; async Task M(long grams) { await Task.Yield(); Weigh(grams); }")]
    [InlineData(
        "void Weigh(int grams) { } Task WeighAsync(float grams) => Task.CompletedTask; async Task M(int grams) { await Task.Yield(); Weigh(grams); }")]
    [InlineData("string Name() => \"\"; Task<int> NameAsync() => Task.FromResult(1); async Task M() { await Task.Yield(); Name(); }")]
    [InlineData(
        "long Heads() => 1; Task<int> HeadsAsync() => Task.FromResult(1); async Task<long> M() { await Task.Yield(); return Heads() * int.MaxValue; }")]
    [InlineData(
        "double Part() => 1; Task<int> PartAsync() => Task.FromResult(1); async Task<double> M() { await Task.Yield(); return Part() / 2; }")]
    [InlineData(
        "long Heads() => 1; Task<int> HeadsAsync() => Task.FromResult(1); async Task M() { await Task.Yield(); var n = Heads(); Console.WriteLine(n); }")]
    [InlineData(
        "int Query(int q) => q + 1; Task<int> QueryAsync(int q) => Task.FromResult(Query(q)); async Task<int> M() { await Task.Yield(); return Query(1); }")]
    [InlineData("void Save() { } Task SaveAsync() { Save(); return Task.CompletedTask; } async Task M() { await Task.Yield(); Save(); }")]
    [InlineData(
        "int Find(string? n) => 0; Task<int> FindAsync(string n) => Task.FromResult(1); async Task<int> M(string? n) { await Task.Yield(); return Find(n); }")]
    [InlineData(
        "int Find(string? n) => 0; Task<int> FindAsync(string n) => Task.FromResult(1); async Task<int> M() { await Task.Yield(); return Find(null); }")]
    [InlineData(
        "string Feed(string hay) => hay; [System.Diagnostics.CodeAnalysis.Experimental(\"Y\")] Task<string> FeedAsync(string hay) => Task.FromResult(hay); async Task M() { await Task.Yield(); Feed(\"x\"); }")]
    [InlineData(
        "interface IModule { void Before(int c); Task BeforeAsync(int c); } async Task M(IModule m, int c) { await m.BeforeAsync(c); m.Before(c); }")]
    [InlineData(
        "readonly Dictionary<int, string> _roles = new(); string? GetRole(int id) => _roles.TryGetValue(id, out var r) ? r : null; Task<string?> GetRoleAsync(int id) => Task.FromResult<string?>(\"\"); async Task<string?> M() { await Task.Yield(); return GetRole(1); }")]
    [InlineData(
        "interface IGuild { string? GetRole(int id); Task<string?> GetRoleAsync(int id); } class Guild : IGuild { readonly Dictionary<int, string> _roles = new(); public string? GetRole(int id) => _roles.TryGetValue(id, out var r) ? r : null; public async Task<string?> GetRoleAsync(int id) => await new HttpClient().GetStringAsync(\"u\"); } async Task<string?> M(IGuild g) { await Task.Yield(); return g.GetRole(1); }")]
    public Task Counterpart_ThatIsSomethingElse_IsSilent(string members) => Silent(members);

    [Theory]
    [InlineData(
        "long Heads() => 1; Task<int> HeadsAsync() => Task.FromResult(1); async Task M() { await Task.Yield(); long n = [|Heads()|]; Console.WriteLine(n); }")]
    [InlineData("void Save() { } Task SaveAsync() => Task.Run(() => Save()); async Task M() { await Task.Yield(); [|Save()|]; }")]
    [InlineData(
        "int Find(string? n) => 0; Task<int> FindAsync(string n) => Task.FromResult(1); async Task<int> M(string n) { await Task.Yield(); return [|Find(n)|]; }")]
    [InlineData(
        "IEnumerable<int> All() => new int[0]; Task<List<int>> AllAsync() => Task.FromResult(new List<int>()); async Task M() { await Task.Yield(); foreach (var n in [|All()|]) Console.WriteLine(n); }")]
    public Task Counterpart_ThatDoesTheSame_IsReported(string members) => Reports(members);

    [Theory]
    [InlineData(
        "class A<T> { public T Get() => default!; public Task<T?> GetAsync() => Task.FromResult<T?>(default); } async Task<int> M(A<string> a) { await Task.Yield(); return a.Get().Length; }")]
    [InlineData(
        "string Name() => \"\"; Task<string?> NameAsync() => Task.FromResult<string?>(null); async Task<int> M() { await Task.Yield(); return Name().Length; }")]
    public Task Counterpart_ThatMayGiveNull_IsSilent(string members) => Silent(members);

#if !ROSLYN_FLOOR // Locals by reference in async code came later.
    // The reference would have to live across the await.
    [Theory]
    [InlineData("async Task M(int[] a, string p) { ref var x = ref a[0]; x = [|File.ReadAllText(p)|].Length; await Task.Yield(); }")]
    [InlineData(
        "struct S { public int N; } async Task M(S[] a, string p) { ref var x = ref a[0]; x.N += [|File.ReadAllText(p)|].Length; await Task.Yield(); }")]
    public Task Fix_InAnAssignmentToAReference_IsNotOffered(string source) => NoFix(source);
#endif

    // label.Text = … needs the thread of the user interface, whatever the rest of the file does.
    [Fact]
    public Task Fix_InAUserInterface_GoesOnThere() => Fixes(
        """
        class Form : System.Windows.Forms.Control { string Text = ""; async Task LoadAsync(string p) { Text = [|File.ReadAllText(p)|]; } }
        async Task OtherAsync(Task t) { await t.ConfigureAwait(false); await t.ConfigureAwait(false); }
        """,
        """
        class Form : System.Windows.Forms.Control { string Text = ""; async Task LoadAsync(string p) { Text = await File.ReadAllTextAsync(p); } }
        async Task OtherAsync(Task t) { await t.ConfigureAwait(false); await t.ConfigureAwait(false); }
        """,
        new() { Stubs = [Stubs.UserInterfaces] });

    [Fact]
    public Task Comments_StayOnce() => Fixes(
        """
        Task M(bool b, string p)
        {
            var text = [|File
                .ReadAllText(p)|] // read
                .Trim();
            if (b)
                return M(false, text); // again
            else if (p == "")
                return M(false, p); /* and */ // again
            return Task.CompletedTask;
        }
        """,
        """
        async Task M(bool b, string p)
        {
            var text = (await File
                .ReadAllTextAsync(p)) // read
                .Trim();
            if (b)
            {
                await M(false, text); // again
                return;
            }
            else if (p == "")
            {
                await M(false, p); /* and */ // again
                return;
            }
        }
        """);

    private const string Threads =
        """
        readonly ReaderWriterLockSlim _rows = new(); readonly object _gate = new(); readonly Mutex _mutex = new();
        void Begin() => Monitor.Enter(_gate); void End() => Monitor.Exit(_gate);
        IDisposable Hold() { _rows.EnterWriteLock(); return new Undo(() => _rows.ExitWriteLock()); }
        sealed class Undo : IDisposable { readonly Action _undo; public Undo(Action undo) => _undo = undo; public void Dispose() => _undo(); }
        sealed class ReadLock : IDisposable { readonly ReaderWriterLockSlim _lock; public ReadLock(ReaderWriterLockSlim l) { _lock = l; l.EnterReadLock(); } public void Dispose() => _lock.ExitReadLock(); }
        void Both() { lock (_gate) Console.WriteLine(1); Monitor.Enter(_gate); Monitor.Exit(_gate); }

        """;

    // What one thread has entered, another one cannot leave.
    [Theory]
    [InlineData("using (new ReadLock(_rows)) Console.WriteLine([|File.ReadAllText(p)|]);")]
    [InlineData("using var held = Hold(); Console.WriteLine([|File.ReadAllText(p)|]);")]
    [InlineData("using (Hold()) { if (p.Length > 1) Console.WriteLine([|File.ReadAllText(p)|]); }")]
    [InlineData("Begin(); try { Console.WriteLine([|File.ReadAllText(p)|]); } finally { End(); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) Console.WriteLine([|File.ReadAllText(p)|]);")]
    [InlineData("var flow = ExecutionContext.SuppressFlow(); try { Console.WriteLine([|File.ReadAllText(p)|]); } finally { flow.Undo(); }")]
    [InlineData("using (var scope = new System.Transactions.TransactionScope()) { Console.WriteLine([|File.ReadAllText(p)|]); scope.Complete(); }")]
    [InlineData("Thread.CurrentThread.Priority = ThreadPriority.Lowest; Console.WriteLine([|File.ReadAllText(p)|]); Thread.CurrentThread.Priority = ThreadPriority.Normal;")]
    [InlineData("var old = SynchronizationContext.Current; SynchronizationContext.SetSynchronizationContext(null); try { Console.WriteLine([|File.ReadAllText(p)|]); } finally { SynchronizationContext.SetSynchronizationContext(old); }")]
    [InlineData("using var mutex = new Mutex(true, \"rows\"); Console.WriteLine([|File.ReadAllText(p)|]); mutex.ReleaseMutex();")]
    public Task Call_BetweenWhatItsThreadEntersAndLeaves_HasNoFix(string body) =>
        NoFix(Threads + $"async Task M(string p) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("using (new StringReader(p)) Console.WriteLine([|File.ReadAllText(p)|]);", "using (new StringReader(p)) Console.WriteLine(await File.ReadAllTextAsync(p));")]
    [InlineData("Begin(); End(); Console.WriteLine([|File.ReadAllText(p)|]);", "Begin(); End(); Console.WriteLine(await File.ReadAllTextAsync(p));")]
    [InlineData("Both(); Console.WriteLine([|File.ReadAllText(p)|]);", "Both(); Console.WriteLine(await File.ReadAllTextAsync(p));")]
    [InlineData("using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled)) Console.WriteLine([|File.ReadAllText(p)|]);", "using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled)) Console.WriteLine(await File.ReadAllTextAsync(p));")]
    public Task Call_BesideWhatItsThreadEnters_IsAwaited(string body, string expected) => Fixes(
        Threads + $"async Task M(string p) {{ await Task.Yield(); {body} }}",
        Threads + $"async Task M(string p) {{ await Task.Yield(); {expected} }}");

    private const string Values = "int _n; readonly int[] _a = new int[2]; string? _text; string _last = \"\"; static long s_n; int P { get; set; } "
        + "readonly Dictionary<string, int> _sizes = new(); readonly string[] _lines = new string[2]; static readonly AsyncLocal<int> s_flow = new(); ";

    // Read before the await and written behind it, the value loses what others have written meanwhile.
    [Theory]
    [InlineData("_n += [|File.ReadAllText(p)|].Length;")]
    [InlineData("_a[0] += [|File.ReadAllText(p)|].Length;")]
    [InlineData("s_n -= [|File.ReadAllText(p)|].Length;")]
    [InlineData("P |= [|File.ReadAllText(p)|].Length;")]
    [InlineData("_text ??= [|File.ReadAllText(p)|];")]
    [InlineData("_n = _n + [|File.ReadAllText(p)|].Length;")]
    [InlineData("_n = Math.Max(_n, [|File.ReadAllText(p)|].Length);")]
    [InlineData("_sizes[p] = _sizes.GetValueOrDefault(p) + [|File.ReadAllText(p)|].Length;")]
    [InlineData("_lines[0] = _lines[0] + [|File.ReadAllText(p)|];")]
    [InlineData("(_n, _last) = (_n + 1, [|File.ReadAllText(p)|]);")]
    [InlineData("rows[p] += [|File.ReadAllText(p)|].Length;")]
    [InlineData("var n = _n; n += [|File.ReadAllText(p)|].Length; _n = n;")]
    [InlineData("int n; n = _n; if (n > 0) Console.WriteLine([|File.ReadAllText(p)|]); _n = n + 1;")]
    [InlineData("var n = P + 1; var text = [|File.ReadAllText(p)|]; P = text.Length > 2 ? n : 0;")]
    [InlineData("var n = _n; _n = n + [|File.ReadAllText(p)|].Length;")]
    [InlineData("_sizes.TryGetValue(p, out var size); var text = [|File.ReadAllText(p)|]; _sizes[p] = size + text.Length;")]
    [InlineData("var size = _sizes.GetValueOrDefault(p); size += [|File.ReadAllText(p)|].Length; _sizes[p] = size;")]
    [InlineData("int size; if (!_sizes.TryGetValue(p, out size)) size = 1; size += [|File.ReadAllText(p)|].Length; _sizes[p] = size;")]
    [InlineData("var line = _lines[0]; line += [|File.ReadAllText(p)|]; _lines[0] = line;")]
    public Task Call_ThatIsAddedToWhatOthersChange_HasNoFix(string body) =>
        NoFix(Values + $"async Task M(string p, Dictionary<string, int> rows) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("var n = 1; n += [|File.ReadAllText(p)|].Length; Console.WriteLine(n);", "var n = 1; n += (await File.ReadAllTextAsync(p)).Length; Console.WriteLine(n);")]
    [InlineData("var a = new int[2]; a[0] += [|File.ReadAllText(p)|].Length;", "var a = new int[2]; a[0] += (await File.ReadAllTextAsync(p)).Length;")]
    [InlineData("_n = [|File.ReadAllText(p)|].Length + _n;", "_n = (await File.ReadAllTextAsync(p)).Length + _n;")]
    [InlineData("s_flow.Value += [|File.ReadAllText(p)|].Length;", "s_flow.Value += (await File.ReadAllTextAsync(p)).Length;")]
    [InlineData("var n = [|File.ReadAllText(p)|].Length; n += _n; _n = n;", "var n = (await File.ReadAllTextAsync(p)).Length; n += _n; _n = n;")]
    [InlineData("var n = _n; var text = [|File.ReadAllText(p)|]; P = n + text.Length;", "var n = _n; var text = await File.ReadAllTextAsync(p); P = n + text.Length;")]
    [InlineData("var n = _n; _n = n + 1; Console.WriteLine([|File.ReadAllText(p)|]);", "var n = _n; _n = n + 1; Console.WriteLine(await File.ReadAllTextAsync(p));")]
    [InlineData("Interlocked.Add(ref _n, [|File.ReadAllText(p)|].Length);", "Interlocked.Add(ref _n, (await File.ReadAllTextAsync(p)).Length);")]
    public Task Call_ThatIsAddedToItsOwn_IsAwaited(string body, string expected) => Fixes(
        Values + $"async Task M(string p) {{ await Task.Yield(); {body} }}",
        Values + $"async Task M(string p) {{ await Task.Yield(); {expected} }}");

    private const string Kept = "string? _text; bool _isLoaded; bool IsLoaded => _isLoaded; int _state; static string? s_text; string? Text { get; set; } "
        + "readonly Dictionary<string, string> _texts = new(); readonly HashSet<string> _seen = new(); readonly List<string> _lines = new(); "
        + "readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _shared = new(); "
        + "int _busy; readonly SemaphoreSlim _gate = new(1, 1); bool NeedsText() => _text == null; ";

    // A second caller passes the check while the first one waits.
    [Theory]
    [InlineData("if (_text is null) _text = [|File.ReadAllText(p)|];")]
    [InlineData("if (_text == null) { var text = [|File.ReadAllText(p)|]; _text = text.Trim(); }")]
    [InlineData("if (_text != null) Console.WriteLine(); else _text = [|File.ReadAllText(p)|];")]
    [InlineData("if (string.IsNullOrEmpty(Text)) Text = [|File.ReadAllText(p)|];")]
    [InlineData("if (s_text is { } known) { Console.WriteLine(known); return; } s_text = [|File.ReadAllText(p)|];")]
    [InlineData("if (_isLoaded) return; Console.WriteLine([|File.ReadAllText(p)|]); _isLoaded = true;")]
    [InlineData("if (IsLoaded) return; Console.WriteLine([|File.ReadAllText(p)|]); _isLoaded = true;")]
    [InlineData("if (NeedsText()) _text = [|File.ReadAllText(p)|];")]
    [InlineData("if (_isLoaded) throw new InvalidOperationException(); Console.WriteLine([|File.ReadAllText(p)|]); _isLoaded = true;")]
    [InlineData("foreach (var q in _lines.ToArray()) { if (_isLoaded) continue; Console.WriteLine([|File.ReadAllText(q)|]); _isLoaded = true; }")]
    [InlineData("var isLoaded = _isLoaded; if (!isLoaded) { Console.WriteLine([|File.ReadAllText(p)|]); _isLoaded = true; }")]
    [InlineData("var text = _text; if (text == null) { text = [|File.ReadAllText(p)|]; _text = text; }")]
    [InlineData("var text = _text ?? [|File.ReadAllText(p)|]; _text = text;")]
    [InlineData("Console.WriteLine(_text ?? (_text = [|File.ReadAllText(p)|]));")]
    [InlineData("if (!_texts.ContainsKey(p)) _texts.Add(p, [|File.ReadAllText(p)|]);")]
    [InlineData("if (!_texts.TryGetValue(p, out var text)) { text = [|File.ReadAllText(p)|]; _texts[p] = text; }")]
    [InlineData("if (_seen.Contains(p)) return; Console.WriteLine([|File.ReadAllText(p)|]); _seen.Add(p);")]
    [InlineData("if (_lines.Count > 2) { [|File.WriteAllLines(p, _lines)|]; _lines.Clear(); }")]
    [InlineData("if (_lines.Count > 0) { Console.WriteLine([|File.ReadAllText(p)|]); _lines.RemoveAt(0); }")]
    [InlineData("switch (_state) { case 0: Console.WriteLine([|File.ReadAllText(p)|]); _state = 1; break; }")]
    [InlineData("if (_state < 3) { Console.WriteLine([|File.ReadAllText(p)|]); _state++; }")]
    [InlineData("if (_text != null && [|File.ReadAllText(p)|].Length > 3) _text = null;")]
    [InlineData("try { if (_text is null) _text = [|File.ReadAllText(p)|]; } catch (IOException) { }")]
    [InlineData("Func<Task> load = async () => { await Task.Yield(); if (_text is null) _text = [|File.ReadAllText(p)|]; }; await load();")]
    public Task Call_BetweenACheckAndTheChangeThatItDecides_HasNoFix(string body) =>
        NoFix(Kept + $"async Task M(string p) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("if (_busy != 0) return; _busy = 1; Console.WriteLine([|File.ReadAllText(p)|]); _busy = 0;")]
    [InlineData("if (Interlocked.Exchange(ref _busy, 1) != 0) return; Console.WriteLine([|File.ReadAllText(p)|]); _busy = 0;")]
    [InlineData("if (!_seen.Add(p)) return; Console.WriteLine([|File.ReadAllText(p)|]); _seen.Remove(p);")]
    [InlineData("var text = [|File.ReadAllText(p)|]; if (_text is null) _text = text;")]
    [InlineData("if (_text is null) { _text = p; Console.WriteLine([|File.ReadAllText(p)|]); }")]
    [InlineData("if (_isLoaded) { Console.WriteLine(); } Console.WriteLine([|File.ReadAllText(p)|]); _isLoaded = true;")]
    [InlineData("if (_isLoaded) return; _text = [|File.ReadAllText(p)|];")]
    [InlineData("if (!_shared.TryGetValue(p, out var text)) { text = [|File.ReadAllText(p)|]; _shared.TryAdd(p, text); }")]
    [InlineData("string? text = null; if (text is null) text = [|File.ReadAllText(p)|]; Console.WriteLine(text);")]
    [InlineData("var texts = new Dictionary<string, string>(); if (!texts.ContainsKey(p)) texts.Add(p, [|File.ReadAllText(p)|]);")]
    [InlineData("await _gate.WaitAsync(); try { if (_text is null) _text = [|File.ReadAllText(p)|]; } finally { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); try { _text ??= [|File.ReadAllText(p)|]; } finally { _gate.Release(); }")]
    [InlineData("if (_text is null) { void Set() => _text = p; Console.WriteLine([|File.ReadAllText(p)|]); Set(); }")]
    public Task Call_BesideACheck_IsAwaited(string body) => Fixes(
        Kept + $"async Task M(string p) {{ await Task.Yield(); {body} }}",
        Kept + $"async Task M(string p) {{ await Task.Yield(); {body.Replace("[|File.ReadAllText(p)|]", "await File.ReadAllTextAsync(p)")} }}");

    [Fact]
    public Task Call_BeforeTheProcessEnds_IsSilent() => Silent(
        "async Task M() { try { await Task.Yield(); } catch (Exception e) { File.WriteAllText(\"a\", e.Message); Environment.Exit(1); } }");

    [Fact]
    public Task Call_AfterWhichTheProcessMayGoOn_IsReported() => Reports(
        "async Task M(bool b) { await Task.Yield(); [|File.WriteAllText(\"a\", \"\")|]; if (b) Environment.Exit(1); }");
}
