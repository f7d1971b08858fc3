using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

/// <content>Work that takes care of its own failures, and tasks that nothing could own.</content>
public sealed partial class DiscardedTaskTests
{
    private const string Handled =
        """
        void Log(object? x) { }
        readonly SemaphoreSlim _gate = new(1);
        bool More() => true;
        Task WorkAsync() => Task.Delay(1);

        """;

    [Theory]
    [InlineData("async Task H() { try { await WorkAsync(); } catch (Exception e) { Log(e); } }")]
    [InlineData("async Task H() { var x = More(); try { await WorkAsync(); } catch { Log(null); } finally { Log(x); } }")]
    [InlineData("async Task H() { while (More()) { try { await WorkAsync(); } catch (Exception e) { Log(e); } await Task.Delay(1); } }")]
    [InlineData("async Task H() { if (!await _gate.WaitAsync(0)) return; try { await WorkAsync(); } catch (Exception e) { Log(e); } finally { _gate.Release(); } }")]
    [InlineData("async Task H() { try { await WorkAsync(); } catch (OperationCanceledException) { throw; } catch (Exception e) { Log(e); } }")]
    [InlineData("async Task H() { try { await WorkAsync(); } catch (Exception e) when (e is not OperationCanceledException) { Log(e); } }")]
    [InlineData("async Task H() => await InnerAsync(); async Task InnerAsync() { try { await WorkAsync(); } catch (Exception e) { Log(e); } }")]
    [InlineData("Task H() => InnerAsync(); async Task InnerAsync() { try { await WorkAsync(); } catch (Exception e) { Log(e); } }")]
    public Task WorkThatHandlesItsFailures_IsSilent(string handled) => Silent(
        Handled + handled +
        """

        async Task M()
        {
            await Task.Yield();
            _ = H();
            _ = Task.Run(H);
            _ = Task.Run(() => H());
            _ = Task.Run(async () => { await H(); }).ConfigureAwait(false);
            var ignored = H();
        }
        """);

    [Theory]
    [InlineData("_ = Task.Run(async () => { try { await WorkAsync(); } catch (Exception e) { Log(e); } });")]
    [InlineData("_ = Task.Run(() => { try { Log(1); } catch (Exception e) { Log(e); } });")]
    public Task OffloadedWorkThatHandlesItsFailures_IsSilent(string discard) => Silent(Handled + $"void M() {{ {discard} }}");

    [Theory]
    [InlineData("async Task H() { await WorkAsync(); try { await WorkAsync(); } catch (Exception e) { Log(e); } }")]
    [InlineData("async Task H() { try { await WorkAsync(); } catch (Exception e) { Log(e); throw; } }")]
    [InlineData("async Task H() { try { await WorkAsync(); } catch (IOException e) { Log(e); } }")]
    [InlineData("async Task H() { try { await WorkAsync(); } catch (Exception e) when (e.Message == \"\") { Log(e); } }")]
    [InlineData("async Task H() { try { await WorkAsync(); } catch (Exception e) { Log(e); } finally { await WorkAsync(); } }")]
    [InlineData("async Task H() { while (More()) await WorkAsync(); }")]
    [InlineData("async Task H() { Action later = () => { try { } catch { } }; later(); await WorkAsync(); }")]
    [InlineData("async Task H() { try { Log(1); } catch { } throw new InvalidOperationException(); }")]
    public Task WorkThatHandlesSomeOfItsFailures_IsReported(string handled) => Reports(
        Handled + handled +
        """

        async Task M()
        {
            await Task.Yield();
            _ = [|H()|];
            _ = [|Task.Run(H)|];
            _ = [|Task.Run(async () => { await H(); })|];
        }
        """);

    [Fact]
    public Task WorkThatHandlesItsFailures_InConstructor_IsReported() => Reports(
        Handled +
        """
        async Task H() { try { await WorkAsync(); } catch (Exception e) { Log(e); } }
        C() { _ = [|H()|]; }
        """);

    [Fact]
    public Task DelegateOfTheCaller_IsSilent() => Silent(
        """
        readonly Func<string, Task>? _changed;
        void A(Func<Task> work) { _ = work(); }
        void B() { _ = _changed?.Invoke("b"); }
        void D<T>(Func<Task<T>> f) { _ = f(); }
        """);

    [Fact]
    public Task EndOfTheObject_IsSilent() => Silent(
        """
        class Channel : IDisposable
        {
            public Task CloseAsync() => Task.Delay(1);
            public void Dispose() { _ = CloseAsync(); }
        }
        class Explicit : IDisposable
        {
            Task CloseAsync() => Task.Delay(1);
            void IDisposable.Dispose() => _ = CloseAsync();
        }
        class Own : Stream
        {
            protected override void Dispose(bool disposing) { if (disposing) _ = FlushAsync(); base.Dispose(disposing); }
            public override bool CanRead => true; public override bool CanSeek => true; public override bool CanWrite => true;
            public override long Length => 0; public override long Position { get; set; }
            public override void Flush() { } public override int Read(byte[] b, int o, int c) => 0;
            public override long Seek(long o, SeekOrigin s) => 0; public override void SetLength(long l) { }
            public override void Write(byte[] b, int o, int c) { }
            ~Own() { _ = FlushAsync(); }
        }
        """);

    [Fact]
    public Task EndOfTheObject_ThatIsAwaited_IsReported() => Reports(
        """
        class Channel : IAsyncDisposable
        {
            public Task CloseAsync() => Task.Delay(1);
            public ValueTask DisposeAsync() { _ = [|CloseAsync()|]; return default; }
            public void Stop() { _ = [|CloseAsync()|]; }
        }
        """);

    [Fact]
    public Task LocalFunctionThatHandlesItsFailures_IsSilent() => Silent(
        Handled +
        """
        void M()
        {
            async Task Wrap()
            {
                try { await WorkAsync(); }
                catch (OperationCanceledException) { Log(1); }
                catch (Exception e) { Log(e); }
                finally { Log(2); }
            }

            _ = Wrap();
        }
        """);

    [Fact]
    public Task LocalFunctionThatMayFail_IsReported() => Reports(
        Handled +
        """
        void M()
        {
            async Task Wrap() { Log(1); await WorkAsync(); }
            _ = [|Wrap()|];
        }
        """);

    [Theory]
    [InlineData("finally { done.Dispose(); }")]
    [InlineData("finally { done?.Dispose(); _gate.Release(); }")]
    public Task SynchronousWorkThatReleasesAtItsEnd_IsSilent(string end) => Silent(
        Handled + "void Wait(ManualResetEvent done) { try { done.WaitOne(); } catch (Exception e) { Log(e); } " + end + " } "
        + "void M() { var done = new ManualResetEvent(false); _ = Task.Run(() => Wait(done)); }");

    [Theory]
    [InlineData("finally { Send(); }")]
    [InlineData("finally { done.Dispose(); Send(); }")]
    public Task SynchronousWorkThatGoesOnAtItsEnd_IsReported(string end) => Reports(
        Handled + "void Send() { } void Wait(ManualResetEvent done) { try { done.WaitOne(); } catch (Exception e) { Log(e); } " + end + " } "
        + "void M() { var done = new ManualResetEvent(false); _ = [|Task.Run(() => Wait(done))|]; }");
}
