using System.Diagnostics;
using System.Reflection;

namespace Reporting;

/// <summary>
/// This program once more, with other arguments: a server under load, or a measurement that shares no memory with others.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Threads of the operating system, seen from outside: the process need not answer.</summary>
    public int ThreadCount => Refreshed().Threads.Count;

    /// <summary>Memory in use, in bytes.</summary>
    public long WorkingSet => Refreshed().WorkingSet64;

    /// <summary>Time of all processors that it has used.</summary>
    public TimeSpan ProcessorTime => Refreshed().TotalProcessorTime;

    public static ChildProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The next line that it writes.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The process has ended: {_process.StartInfo.ArgumentList[^1]}");

    /// <summary>In the child: calls back when the parent asks it to stop, or has ended.</summary>
    public static void OnStop(Action stop)
    {
        // A thread of its own: standard input has no asynchronous read.
        var reader = new Thread(() =>
        {
            Console.In.ReadToEnd();
            stop();
        });
        reader.IsBackground = true;
        reader.Start();
    }

    /// <summary>Asks it to stop.</summary>
    public void RequestStop() => _process.StandardInput.Close();

    /// <summary>Waits until it has ended.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Ends it, if it has not ended by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private Process Refreshed()
    {
        _process.Refresh();
        return _process;
    }
}
