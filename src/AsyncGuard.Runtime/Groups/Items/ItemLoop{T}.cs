using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Workers that take items from one enumerator.</summary>
internal sealed class ItemLoop<T>(IEnumerator<T> items, IItemWork<T> work, int workers) : WorkerPool(workers)
{
    private readonly object _gate = new();
    private int _next;
    private bool _ended;

    protected override bool HasEnded => Volatile.Read(ref _ended);

    protected override async Task WorkAsync(CancellationToken token)
    {
        while (TryTake(token, out var item, out var index))
        {
            BringAnother();
            var call = AmbientContext.Invoke(static (call, token) => call.work.Call(call.item, token), (work, item), token);
            if (!call.IsCompleted) await new WithoutThrowing(call);
            if (!Succeeded(call))
            {
                Volatile.Write(ref _ended, true);
                return;
            }

            work.Succeeded(index, call);
        }
    }

    protected override Task EndAsync()
    {
        items.Dispose();
        return Task.CompletedTask;
    }

    private bool TryTake(CancellationToken token, out T item, out int index)
    {
        item = default!;
        index = 0;
        if (Volatile.Read(ref _ended)) return false;
        lock (_gate)
        {
            if (_ended) return false;
            token.ThrowIfCancellationRequested();
            var moved = false;
            try
            {
                moved = items.MoveNext();
                if (!moved) return false;
                item = items.Current;
            }
            finally
            {
                // An enumeration that has ended or failed is not asked again.
                if (!moved) Volatile.Write(ref _ended, true);
            }

            index = _next++;
            return true;
        }
    }
}
