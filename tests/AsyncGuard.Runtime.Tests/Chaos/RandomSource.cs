using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Chaos;

/// <summary>A source of items that fails now and then, also at its end, and counts how it is used.</summary>
internal sealed class RandomSource(RandomRun run, int count, bool obeysToken)
    : IEnumerable<int>, IEnumerator<int>, IAsyncEnumerable<int>, IAsyncEnumerator<int>
{
    private CancellationToken _token;
    private int _item;
    private int _moving;
    private int _begun;
    private int _disposed;

    public int Current => _item;

    object IEnumerator.Current => Current;

    /// <summary>Disposed as often as it was begun, and never used by two at once.</summary>
    public void WasUsedWell(string call)
    {
        Assert.True(_begun == _disposed, $"{call}: begun {_begun} times, disposed {_disposed} times");
        Assert.True(_moving == 0, $"{call}: used by two at once");
    }

    public IEnumerator<int> GetEnumerator()
    {
        _begun++;
        return this;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _begun++;
        _token = obeysToken ? cancellationToken : default;
        return this;
    }

    public bool MoveNext()
    {
        if (Interlocked.Increment(ref _moving) != 1 || _disposed > 0) return false;
        if (run.OneIn(25))
        {
            Interlocked.Decrement(ref _moving);
            throw run.Error("move");
        }

        var moved = _item++ < count;
        Interlocked.Decrement(ref _moving);
        return moved;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        await run.PauseAsync(_token);
        return MoveNext();
    }

    public void Reset() => throw new NotSupportedException();

    public void Dispose()
    {
        _disposed++;
        if (run.OneIn(10)) throw run.Error("dispose");
    }

    public async ValueTask DisposeAsync()
    {
        await run.PauseAsync(CancellationToken.None);
        Dispose();
    }
}
