using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed class TaskReturnedFromTryTests : RuleTest<TaskReturnedFromTryAnalyzer, TaskReturnedFromTryFix>
{
    private const string Members =
        """
        Task<int> LoadAsync() => Task.FromResult(1);
        Task SaveAsync() => Task.CompletedTask;
        ValueTask<int> PeekAsync() => new(1);
        void Log(object? x) { }
        Task<int>? _cached;
        readonly ReaderWriterLockSlim _rows = new();
        readonly object _gate = new();

        """;

    private static string In(string code, string head = "Task<int> M(bool quick, Func<Task<int>> work, TaskCompletionSource<int> done)") =>
        Members + head + "\n{\n    " + code + "\n}";

    [Theory]
    [InlineData("try { return [|LoadAsync()|]; } catch { return Task.FromResult(0); }")]
    [InlineData("try { return [|LoadAsync()|]; } catch (IOException ex) { Log(ex); throw; }")]
    [InlineData("try { return [|LoadAsync()|]; } finally { Log(1); }")]
    [InlineData("try { return [|work()|]; } catch (Exception) { return LoadAsync(); }")]
    [InlineData("try { if (quick) return [|LoadAsync()|]; } catch (Exception ex) { Log(ex); } return Task.FromResult(1);")]
    [InlineData("try { var load = LoadAsync(); return [|load|]; } catch (Exception ex) { Log(ex); throw; }")]
    [InlineData("try { return [|quick ? LoadAsync() : Task.FromResult(1)|]; } finally { Log(1); }")]
    [InlineData("try { return [|Task.Run(() => 1)|]; } catch (Exception ex) { Log(ex); throw; }")]
    [InlineData("try { try { return [|LoadAsync()|]; } finally { Log(1); } } catch { throw; }")]
    [InlineData("try { return Task.FromResult(1); } catch { return [|LoadAsync()|]; } finally { Log(1); }")]
    [InlineData("try { foreach (var i in new[] { 1 }) { return [|LoadAsync()|]; } } finally { Log(1); } return work();")]
    [InlineData("try { return [|this.LoadAsync()|]; } catch when (quick) { throw; }")]
    [InlineData("Task<int> Local() { try { return [|LoadAsync()|]; } finally { Log(1); } } return Local();")]
    [InlineData("Func<Task<int>> f = () => { try { return [|LoadAsync()|]; } catch { return Task.FromResult(1); } }; return f();")]
    [InlineData("try { return [|Task.Factory.StartNew(() => 1)|]; } finally { Log(1); }")]

    // Forms in public code: a fallback, a log around a call, a flag set back, a stopwatch, an exception that is translated.
    [InlineData("try { return [|work()|]; } catch (HttpRequestException ex) { Log(ex.Message); return Task.FromResult(-1); }")]
    [InlineData(
        "var watch = System.Diagnostics.Stopwatch.StartNew(); try { return [|work()|]; } finally { watch.Stop(); Log(watch.Elapsed); }")]
    [InlineData(
        "try { Log(1); return [|work.Invoke()|]; } catch (AggregateException ex) { throw new InvalidOperationException(\"Failed\", ex); }")]
    [InlineData("lock (_gate) { try { return [|LoadAsync()|]; } catch (Exception ex) { Log(ex); return Task.FromResult(0); } }")]
    [InlineData(
        "switch (quick) { case true: try { return [|LoadAsync()|]; } catch (Exception e) { Log(e); break; } } return Task.FromResult(0);")]
    public Task Task_ReturnedOutOfTry_IsReported(string code) => Reports(In(code));

    [Theory]
    [InlineData("return LoadAsync();")]
    [InlineData("try { return Task.FromResult(1); } catch { return LoadAsync(); }")]
    [InlineData("try { return LoadAsync(); } catch (Exception ex) { return Task.FromException<int>(ex); }")]
    [InlineData(
        "try { return LoadAsync(); } catch (OperationCanceledException ex) { return Task.FromCanceled<int>(ex.CancellationToken); }")]
    [InlineData("try { return LoadAsync(); } catch (Exception ex) { done.TrySetException(ex); return done.Task; }")]
    [InlineData("try { return done.Task; } finally { Log(1); }")]
    [InlineData("try { return _cached ??= Task.FromResult(1); } finally { Log(1); }")]
    [InlineData("try { return _cached!; } catch { throw; }")]
    [InlineData("_rows.EnterReadLock(); try { return LoadAsync(); } finally { _rows.ExitReadLock(); }")]
    [InlineData("Monitor.Enter(_gate); try { return LoadAsync(); } finally { Monitor.Exit(_gate); }")]
    [InlineData(
        "var old = SynchronizationContext.Current; try { return LoadAsync(); } finally { SynchronizationContext.SetSynchronizationContext(old); }")]
    [InlineData("try { return LoadAsync().ContinueWith(t => 1); } catch { throw; }")]
    [InlineData("try { Log(1); } catch { return LoadAsync(); } return LoadAsync();")]
    [InlineData("try { Log(1); } finally { Log(2); } return LoadAsync();")]
    [InlineData("try { Func<Task<int>> f = () => LoadAsync(); return Task.FromResult(1); } finally { Log(1); }")]

    // Forms in public code.
    [InlineData("var flow = ExecutionContext.SuppressFlow(); try { return Task.Run(() => 1); } finally { flow.Undo(); }")]
    [InlineData(
        "using (var file = new StreamReader(\"a\")) { try { return file.ReadLineAsync().ContinueWith(t => 1); } catch { throw; } }")]
    [InlineData("try { LoadAsync().GetAwaiter().GetResult(); return Task.FromResult(1); } catch (Exception ex) { Log(ex); throw; }")]
    [InlineData("lock (_gate) { return _cached ??= LoadAsync(); }")]
    [InlineData("try { if (quick) return Task.FromResult(1); } catch { } return LoadAsync();")]
    public Task Task_ThatNothingMisses_IsSilent(string code) => Silent(In(code));

    [Fact]
    public Task AsyncFunction_IsSilent() => Silent(In(
        "try { return await LoadAsync(); } catch (Exception ex) { Log(ex); throw; }", "async Task<int> M()"));

    [Fact]
    public Task Task_WhoseResourceIsClosed_IsSilent() => Silent(
        """
        Task<string> M(string path)
        {
            try
            {
                using var reader = new StreamReader(path);
                return reader.ReadToEndAsync();
            }
            catch (IOException) { throw; }
        }
        """);

    [Fact]
    public Task ValueTask_AndTask_AreReported() => Reports(
        Members +
        """
        ValueTask<int> A() { try { return [|PeekAsync()|]; } finally { Log(1); } }
        Task B() { try { return [|SaveAsync()|]; } catch (Exception ex) { Log(ex); return Task.CompletedTask; } }
        Task<int> P { get { try { return [|LoadAsync()|]; } catch { throw; } } }
        """);

    [Fact]
    public Task Function_BecomesAsync_WithAllItsReturns() => Fixes(
        """
        Task<int> LoadAsync() => Task.FromResult(1);
        Task<int> M(bool quick)
        {
            if (quick) return Task.FromResult(0);
            try
            {
                return [|LoadAsync()|]; // slow
            }
            catch (IOException)
            {
                return LoadAsync();
            }
        }
        """,
        """
        Task<int> LoadAsync() => Task.FromResult(1);
        async Task<int> M(bool quick)
        {
            if (quick) return 0;
            try
            {
                return await LoadAsync(); // slow
            }
            catch (IOException)
            {
                return await LoadAsync();
            }
        }
        """);

    [Fact]
    public Task FunctionWithoutResult_BecomesAsync() => Fixes(
        """
        Task SaveAsync() => Task.CompletedTask;
        Task M()
        {
            try
            {
                return [|SaveAsync()|];
            }
            finally
            {
                Console.WriteLine();
            }
        }
        """,
        """
        Task SaveAsync() => Task.CompletedTask;
        async Task M()
        {
            try
            {
                await SaveAsync();
            }
            finally
            {
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Function_ThatCannotBeAsync_HasNoFix() => NoFix(
        """
        Task<int> LoadAsync() => Task.FromResult(1);
        Task<int> M(out int count) { count = 1; try { return [|LoadAsync()|]; } finally { Console.WriteLine(); } }
        Task<int> InLock() { lock (this) { try { return [|LoadAsync()|]; } finally { Console.WriteLine(); } } }
        """);

    // Awaited inside, the work would wait for what is held there.
    [Fact]
    public Task Task_ThatTakesWhatIsHeld_HasNoFix() => NoFix(
        "readonly SemaphoreSlim _gate = new(1); async Task SaveAsync() { await _gate.WaitAsync(); try { await Task.Yield(); } finally { _gate.Release(); } } Task M() { _gate.Wait(0); try { return [|SaveAsync()|]; } finally { _gate.Release(); } }");
}
