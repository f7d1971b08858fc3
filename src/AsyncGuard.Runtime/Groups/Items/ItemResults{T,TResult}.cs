using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Work with a result, kept in the order of the source.</summary>
internal sealed class ItemResults<T, TResult>(Func<T, CancellationToken, Task<TResult>> selector, int expected) : IItemWork<T>
{
    private readonly object _gate = new();
    private TResult[] _results = new TResult[expected];
    private int _count;

    public Task Call(T item, CancellationToken token) => selector(item, token);

    public void Succeeded(int index, Task work)
    {
        var result = Tasks.ResultOf((Task<TResult>)work);
        lock (_gate)
        {
            if (index >= _results.Length) Array.Resize(ref _results, Math.Max(16, Math.Max(index + 1, _results.Length * 2)));
            _results[index] = result;
            _count = Math.Max(_count, index + 1);
        }
    }

    /// <summary>After all work has ended.</summary>
    public TResult[] ToArray()
    {
        if (_results.Length != _count) Array.Resize(ref _results, _count);
        return _results;
    }
}
