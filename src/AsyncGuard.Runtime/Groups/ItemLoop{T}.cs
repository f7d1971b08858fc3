using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A few workers that take items from one enumerator. They await in the caller's context, because they call the caller's code.
/// </summary>
internal sealed class ItemLoop<T>(IEnumerable<T> source, Func<T, CancellationToken, Task> body, int workers)
{
    private readonly object _gate = new();
    private IEnumerator<T>? _items;
    private bool _ended;

    public async Task RunAsync(TaskGroup group)
    {
        using (_items = source.GetEnumerator())
        {
            var running = new List<Task>();
            // TryStart, because a start that throws would dispose the enumerator under the workers that are running.
            for (var i = 0; i < workers && !Volatile.Read(ref _ended) && group.TryStart(WorkAsync, out var worker); i++)
                running.Add(worker);
            await Task.WhenAll(running);
        }
    }

    private async Task WorkAsync(CancellationToken token)
    {
        while (true)
        {
            T item;
            lock (_gate)
            {
                if (_ended)
                    return;
                token.ThrowIfCancellationRequested();
                if (!MoveNext())
                    return;
                item = _items!.Current;
            }
            await (body(item, token) ?? Tasks.NullTask());
        }
    }

    private bool MoveNext()
    {
        // An enumeration that failed is not asked again.
        var moved = false;
        try
        {
            moved = _items!.MoveNext();
        }
        finally
        {
            _ended = !moved;
        }
        return moved;
    }
}
