using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>As <see cref="ItemLoop{T}"/>, with results in the order of the source.</summary>
internal sealed class ItemMap<T, TResult>(IEnumerable<T> source, Func<T, CancellationToken, Task<TResult>> selector, int workers)
{
    private readonly object _gate = new();
    private IEnumerator<T>? _items;
    private bool _ended;
    private TResult[] _results = [];
    private int _count;

    public async Task<TResult[]> RunAsync(TaskGroup group)
    {
        if (source is ICollection<T> { Count: var count })
            _results = new TResult[count];
        using (_items = source.GetEnumerator())
        {
            var running = new List<Task>();
            // TryStart, because a start that throws would dispose the enumerator under the workers that are running.
            for (var i = 0; i < workers && !Volatile.Read(ref _ended) && group.TryStart(WorkAsync, out var worker); i++)
                running.Add(worker);
            await Task.WhenAll(running);
        }
        if (_results.Length != _count)
            Array.Resize(ref _results, _count);
        return _results;
    }

    private async Task WorkAsync(CancellationToken token)
    {
        while (true)
        {
            T item;
            int index;
            lock (_gate)
            {
                if (_ended)
                    return;
                token.ThrowIfCancellationRequested();
                if (!MoveNext())
                    return;
                item = _items!.Current;
                index = _count++;
                if (index == _results.Length)
                    Grow();
            }
            var result = await (selector(item, token) ?? Tasks.NullTask<TResult>());
            Store(index, result);
        }
    }

    private void Store(int index, TResult result)
    {
        // The array may be replaced by a larger one meanwhile.
        lock (_gate)
            _results[index] = result;
    }

    private void Grow() => Array.Resize(ref _results, Math.Max(16, _results.Length * 2));

    private bool MoveNext()
    {
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
