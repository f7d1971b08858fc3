using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed class ReleaseWithoutAcquireTests : RuleTest<ReleaseWithoutAcquireAnalyzer, ReleaseWithoutAcquireFix>
{
    private const string Members =
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly SemaphoreSlim _other = new(1, 1);
        readonly Semaphore _slots = new(1, 1);
        readonly Mutex _mutex = new();
        readonly ManualResetEvent _event = new(false);
        int _count;
        Task SaveAsync() => Task.CompletedTask;
        void Save() { }
        void Log(object? x) { }

        """;

    private static string In(string code) =>
        Members +
        "async Task M(TimeSpan time, Func<Task> work, List<int> items, CancellationToken token)\n{\n    await Task.Yield();\n    " + code +
        "\n}";

    // Taken inside the try.
    [Theory]
    [InlineData("try { await [|_gate.WaitAsync(token)|]; await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync(time)|]; await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { if (!await [|_gate.WaitAsync(1000)|]) return; await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync(time, token)|]; await SaveAsync(); } finally { Log(1); _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync(token)|]; await SaveAsync(); } catch (Exception ex) { Log(ex); _gate.Release(); throw; }")]
    [InlineData(
        "try { Log(1); await [|_gate.WaitAsync(token)|]; await SaveAsync(); } catch (IOException) { } finally { _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync(token)|]; } finally { _gate?.Release(); }")]

    // The result of a timed one is not looked at.
    [InlineData("await [|_gate.WaitAsync(1000)|]; try { await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("_ = await [|_gate.WaitAsync(time)|]; try { await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("var entered = await [|_gate.WaitAsync(time, token)|]; try { await SaveAsync(); } finally { _gate.Release(); }")]

    // An exception skips the release.
    [InlineData("await [|_gate.WaitAsync()|]; await SaveAsync(); _gate.Release();")]
    [InlineData("await [|_gate.WaitAsync(token)|]; Save(); _gate.Release();")]
    [InlineData("await [|_gate.WaitAsync()|]; await work(); _gate.Release();")]
    [InlineData("await [|_gate.WaitAsync()|]; try { await SaveAsync(); } catch (IOException) { } _gate.Release();")]

    // An exception in front of the try skips the release in its finally.
    [InlineData("await [|_gate.WaitAsync(token)|]; await SaveAsync(); try { await work(); } finally { _gate.Release(); }")]
    [InlineData("await [|_gate.WaitAsync()|].ConfigureAwait(false); var text = await File.ReadAllTextAsync(\"a\"); try { Log(text); } finally { Log(1); _gate.Release(); }")]
    [InlineData("await [|_gate.WaitAsync()|]; _count++; if (_count > 9) throw new InvalidOperationException(); try { await work(); } finally { _gate?.Release(); }")]
    [InlineData("if (!await [|_gate.WaitAsync(time)|]) return; Save(); try { await work(); } finally { _gate.Release(); }")]
    [InlineData("if (!await [|_gate.WaitAsync(0)|]) { Log(1); throw new TimeoutException(); } await work(); try { Save(); } finally { _gate.Release(); }")]
    [InlineData("foreach (var item in items) { await [|_gate.WaitAsync()|]; var one = work(); try { await one; } finally { _gate.Release(); } }")]

    // Forms in public code: a file under a gate, a loop under a gate, a cache that is filled once, a socket, a counter with a time-out.
    [InlineData("await [|_gate.WaitAsync(token)|]; var text = await File.ReadAllTextAsync(\"a\", token); Log(text); _gate.Release();")]
    [InlineData("await [|_gate.WaitAsync()|]; foreach (var item in items) { await SaveAsync(); } _count++; _gate.Release();")]
    [InlineData("if (_count == 0) { await [|_gate.WaitAsync()|]; if (_count == 0) { await SaveAsync(); _count = 1; } _gate.Release(); }")]
    [InlineData(
        "try { await [|_gate.WaitAsync(token)|]; using var stream = File.OpenWrite(\"a\"); await stream.WriteAsync(new byte[1], token); } finally { _gate.Release(); }")]
    [InlineData("await [|_gate.WaitAsync(TimeSpan.FromSeconds(5))|]; _count++; await SaveAsync(); _gate.Release();")]
    public Task Acquire_ThatItsReleaseDoesNotFit_IsReported(string code) => Reports(In(code));

    [Theory]
    [InlineData("try { [|_gate.Wait(token)|]; Save(); } finally { _gate.Release(); }")]
    [InlineData("try { [|_slots.WaitOne(1000)|]; Save(); } finally { _slots.Release(); }")]
    [InlineData("[|_gate.Wait(1000)|]; Save(); _gate.Release();")]
    [InlineData("[|_slots.WaitOne(time)|]; try { Save(); } finally { _slots.Release(); }")]
    [InlineData("[|_slots.WaitOne()|]; Save(); _slots.Release();")]
    public Task Acquire_InSynchronousCode_IsReported(string code) =>
    Reports(Members + "void M(TimeSpan time, CancellationToken token)\n{\n    " + code + "\n}");

    [Theory]
    [InlineData("await _gate.WaitAsync(token); try { await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { await _gate.WaitAsync(); await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { await _gate.WaitAsync(CancellationToken.None); await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { _gate.Wait(); Save(); } finally { _gate.Release(); }")]
    [InlineData("try { _gate.Wait(token); Save(); } finally { _gate.Release(); }")]
    [InlineData(
        "var taken = false; try { await _gate.WaitAsync(token); taken = true; await SaveAsync(); } finally { if (taken) _gate.Release(); }")]
    [InlineData(
        "var taken = false; try { taken = await _gate.WaitAsync(time); if (taken) await SaveAsync(); } finally { if (taken) _gate.Release(); }")]
    [InlineData("if (!await _gate.WaitAsync(time)) return; try { await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("if (await _gate.WaitAsync(0)) { try { await SaveAsync(); } finally { _gate.Release(); } }")]
    [InlineData(
        "var entered = await _gate.WaitAsync(time); if (!entered) throw new TimeoutException(); try { await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); _count++; var now = DateTime.Now; try { await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); Console.WriteLine(1); await Task.Delay(1); try { await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); await SaveAsync(); try { await work(); } finally { _other.Release(); }")]
    [InlineData("await _gate.WaitAsync(); try { await work(); } catch { _gate.Release(); throw; } try { await SaveAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { await _gate.WaitAsync(); await SaveAsync(); try { await work(); } finally { _gate.Release(); } } catch { _gate.Release(); throw; }")]
    [InlineData("await _gate.WaitAsync(); try { await SaveAsync(); } catch (Exception) { } try { await work(); } finally { _gate.Release(); }")]
    [InlineData("await SaveAsync(); await _gate.WaitAsync(); try { await work(); } finally { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(time); await SaveAsync();")]
    [InlineData("await _gate.WaitAsync(); _count++; _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); items.Add(1); _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); _gate.Release(); await SaveAsync();")]
    [InlineData("await _gate.WaitAsync(); try { await SaveAsync(); } catch (Exception ex) { Console.WriteLine(ex); } _gate.Release();")]
    [InlineData("try { await _gate.WaitAsync(); await SaveAsync(); _gate.Release(); } catch { _gate.Release(); throw; }")]
    [InlineData("await _gate.WaitAsync(token); await SaveAsync(); _other.Release();")]
    [InlineData("_mutex.WaitOne(); Save(); _mutex.ReleaseMutex();")]
    [InlineData("_event.WaitOne(1000); Save(); _event.Set();")]
    [InlineData("try { await _gate.WaitAsync(token); await SaveAsync(); } finally { Log(1); }")]

    // Forms in public code: a signal that wakes a worker, a gate that limits tasks and is released by them, a hand-over.
    [InlineData("while (!token.IsCancellationRequested) { await _gate.WaitAsync(TimeSpan.FromSeconds(5), token); await SaveAsync(); }")]
    [InlineData(
        "foreach (var item in items) { await _gate.WaitAsync(token); _ = Task.Run(async () => { try { await SaveAsync(); } finally { _gate.Release(); } }); }")]
    [InlineData("await _gate.WaitAsync(token); await SaveAsync();")]
    [InlineData(
        "await Task.WhenAll(items.Select(async i => { await _gate.WaitAsync(token); try { await work(); } finally { _gate.Release(); } }));")]
    [InlineData("_gate.Release(); await SaveAsync(); await _gate.WaitAsync(token);")]
    public Task Acquire_ThatFits_IsSilent(string code) => Silent(In(code));

    [Fact]
    public Task Acquire_WithConfigureAwait_IsReportedAtTheCall() =>
    Reports(In("try { await [|_gate.WaitAsync(token)|].ConfigureAwait(false); await SaveAsync(); } finally { _gate.Release(); }"));

    [Fact]
    public Task Acquire_IsMovedInFrontOfTheTry() => Fixes(
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(string path, CancellationToken token)
        {
            // one writer
            try
            {
                await [|_gate.WaitAsync(token)|];
                await File.WriteAllTextAsync(path, "", token);
            }
            finally
            {
                _gate.Release();
            }
        }
        async Task N(string path)
        {
            try
            {
                if (!await [|_gate.WaitAsync(1000)|]) return;
                await File.WriteAllTextAsync(path, "");
            }
            finally
            {
                _gate.Release();
            }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(string path, CancellationToken token)
        {
            // one writer
            await _gate.WaitAsync(token);
            try
            {
                await File.WriteAllTextAsync(path, "", token);
            }
            finally
            {
                _gate.Release();
            }
        }
        async Task N(string path)
        {
            if (!await _gate.WaitAsync(1000)) return;
            try
            {
                await File.WriteAllTextAsync(path, "");
            }
            finally
            {
                _gate.Release();
            }
        }
        """);

    [Fact]
    public Task Release_IsPutIntoFinally() => Fixes(
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(string path)
        {
            await [|_gate.WaitAsync()|];

            // all of it
            await File.WriteAllTextAsync(path, "");
            if (path.Length > 3)
            {
                await File.WriteAllTextAsync(path + "2", "");
            }

            _gate.Release(); // the next one
            Console.WriteLine();
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(string path)
        {
            await _gate.WaitAsync();

            try
            {
                // all of it
                await File.WriteAllTextAsync(path, "");
                if (path.Length > 3)
                {
                    await File.WriteAllTextAsync(path + "2", "");
                }
            }
            finally
            {
                _gate.Release(); // the next one
            }
            Console.WriteLine();
        }
        """);

    [Fact]
    public Task Fault_ThatNeedsAThought_HasNoFix() => NoFix(
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task IgnoredInside(CancellationToken token)
        {
            try
            {
                await [|_gate.WaitAsync(1000, token)|];
                await Task.Delay(1);
            }
            finally { _gate.Release(); }
        }
        async Task Ignored() { await [|_gate.WaitAsync(1000)|]; try { await Task.Delay(1); } finally { _gate.Release(); } }
        async Task NotFirst(CancellationToken token)
        {
            try
            {
                Console.WriteLine();
                await [|_gate.WaitAsync(token)|];
                await Task.Delay(1);
            }
            finally { _gate.Release(); }
        }
        async Task MoreCleanup(CancellationToken token)
        {
            try
            {
                await [|_gate.WaitAsync(token)|];
                await Task.Delay(1);
            }
            finally { Environment.ExitCode = 0; _gate.Release(); }
        }
        async Task Caught(CancellationToken token)
        {
            try
            {
                await [|_gate.WaitAsync(token)|];
                await Task.Delay(1);
            }
            catch (OperationCanceledException) { }
            finally { _gate.Release(); }
        }
        async Task<string> UsedAfter(string path)
        {
            await [|_gate.WaitAsync()|];
            var text = await File.ReadAllTextAsync(path);
            _gate.Release();
            return text;
        }
        """);

    // What ends the wait leaves before the release.
    [Theory]
    [InlineData("try { await _gate.WaitAsync(_stop.Token); Use(1); } catch (Exception e) { if (_stop.IsCancellationRequested) return; Console.WriteLine(e); _gate.Release(); }")]
    [InlineData("try { await _gate.WaitAsync(token); Use(1); } catch (Exception) { token.ThrowIfCancellationRequested(); _gate.Release(); }")]
    [InlineData("try { await _gate.WaitAsync(token); Use(1); } catch (Exception) { if (token.IsCancellationRequested) { Use(2); throw; } _gate.Release(); }")]
    [InlineData("try { await _gate.WaitAsync(token); Use(1); } catch (OperationCanceledException) { return; } catch (Exception) { _gate.Release(); }")]
    public Task Handler_ThatLeavesWhenCancelled_IsSilent(string body) => Silent(Stopping + $"async Task M(CancellationToken token) {{ {body} }}");

    [Theory]
    [InlineData("try { await [|_gate.WaitAsync(token)|]; Use(1); } catch (Exception) { if (_stop.IsCancellationRequested) return; _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync(token)|]; Use(1); } catch (Exception) { if (token.IsCancellationRequested) Use(2); _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync(token)|]; Use(1); } catch (Exception) { _gate.Release(); if (token.IsCancellationRequested) return; Use(2); }")]
    [InlineData("try { await [|_gate.WaitAsync(token)|]; Use(1); } catch (IOException) { return; } catch (Exception) { _gate.Release(); }")]
    public Task Handler_ThatReleasesWhenCancelled_IsReported(string body) => Reports(Stopping + $"async Task M(CancellationToken token) {{ {body} }}");

    private const string Stopping = "readonly SemaphoreSlim _gate = new(1); readonly CancellationTokenSource _stop = new(); void Use(int n) { }\n";

    // The acquire says so by this exception.
    [Fact]
    public Task Acquire_WhoseHandlerExpectsThatTheGateIsGone_HasNoFix() => NoFix(
        "readonly SemaphoreSlim _gate = new(1); void Use(int n) { } async Task M(CancellationToken token) { try { await [|_gate.WaitAsync(token)|]; Use(1); } catch (ObjectDisposedException) { return; } finally { _gate.Release(); } }");

    [Fact]
    public Task Acquire_IsMovedWithWhatStandsAboveIt() => Fixes(
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(string path, CancellationToken token)
        {
            try // one writer
            {
                // take it
                await [|_gate.WaitAsync(token)|]; // taken
                // use it
                await File.WriteAllTextAsync(path, "", token);
            }
            finally
            {
                _gate.Release();
            }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(string path, CancellationToken token)
        {
            // take it
            await _gate.WaitAsync(token); // taken
            try // one writer
            {
                // use it
                await File.WriteAllTextAsync(path, "", token);
            }
            finally
            {
                _gate.Release();
            }
        }
        """);
}
