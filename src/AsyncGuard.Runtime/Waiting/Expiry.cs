using System.Threading;

namespace AsyncGuard;

/// <summary>The end of a time limit: cancels, unless the work has ended. The source is not disposed under its own Cancel.</summary>
internal sealed class Expiry(CancellationTokenSource source)
{
    private readonly object _gate = new();
    private bool _ended;

    public bool IsOver { get; private set; }

    public void Expire()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            IsOver = true;
        }
        try
        {
            source.Cancel();
        }
        catch (System.ObjectDisposedException)
        {
            // The work has ended between the two steps.
        }
    }

    public void End()
    {
        lock (_gate)
            _ended = true;
    }
}
