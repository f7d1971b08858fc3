using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>What the source of items throws, and what its end throws besides, both come out.</summary>
public sealed class EnumerationErrorTests
{
    public static TheoryData<string, int> Calls => new MatrixTheoryData<string, int>(
        ["ForEach", "Map", "ForEachValue", "async ForEach", "async Map", "async ForEachValue"], [0, 2]);

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task MoveNextAndDisposeFail_BothErrors(string call, int limit)
    {
        var source = new Source(2, new FormatException(), new InvalidCastException());
        (await Outcome.OfAsync(Run(call, limit, source))).FailsWith(typeof(FormatException), typeof(InvalidCastException));
        Assert.Equal(1, source.Disposals);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task DisposeFails_ItsError(string call, int limit)
    {
        var source = new Source(2, null, new InvalidCastException());
        (await Outcome.OfAsync(Run(call, limit, source))).FailsWith<InvalidCastException>();
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task MoveNextFails_ItsErrorAndTheItemsAreDisposed(string call, int limit)
    {
        var source = new Source(0, new FormatException(), null);
        (await Outcome.OfAsync(Run(call, limit, source))).FailsWith<FormatException>();
        Assert.Equal(1, source.Disposals);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task MapAsCompleted_SeveralFail_TheFirstIsThrownAndTheOthersAreReported(int limit)
    {
        using var unobserved = new UnobservedErrors();
        var marker = Guid.NewGuid().ToString();
        var failed = 0;
        var error = await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var _ in TaskGroup.MapAsCompletedAsync(Enumerable.Range(0, 3), FailAsync, limit))
            {
            }
        });
        Assert.Equal(2, unobserved.Of(null).Count(other => other.Message == marker && other != error));

        async Task<int> FailAsync(int item, CancellationToken token)
        {
            // All of them have begun.
            Interlocked.Increment(ref failed);
            while (Volatile.Read(ref failed) < 3) await Task.Yield();
            throw new FormatException(marker);
        }
    }

    private static Task Run(string call, int limit, Source source) => call switch
    {
        "ForEach" => TaskGroup.ForEachAsync((IEnumerable<int>)source, static (_, _) => Task.CompletedTask, limit),
        "Map" => TaskGroup.MapAsync((IEnumerable<int>)source, static (i, _) => Task.FromResult(i), limit),
        "ForEachValue" => TaskGroup.ForEachValueAsync((IEnumerable<int>)source, static (_, _) => default, limit),
        "async ForEach" => TaskGroup.ForEachAsync((IAsyncEnumerable<int>)source, static (_, _) => Task.CompletedTask, limit),
        "async Map" => TaskGroup.MapAsync((IAsyncEnumerable<int>)source, static (i, _) => Task.FromResult(i), limit),
        _ => TaskGroup.ForEachValueAsync((IAsyncEnumerable<int>)source, static (_, _) => default, limit),
    };

    /// <summary>So many items, then perhaps an error; and perhaps another one at the end.</summary>
    private sealed class Source(int count, Exception? error, Exception? endError)
        : IEnumerable<int>, IEnumerator<int>, IAsyncEnumerable<int>, IAsyncEnumerator<int>
    {
        private int _taken;

        public int Disposals;

        public int Current => _taken;

        object IEnumerator.Current => Current;

        public IEnumerator<int> GetEnumerator() => this;

        IEnumerator IEnumerable.GetEnumerator() => this;

        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public bool MoveNext() => _taken++ < count || (error is null ? false : throw error);

        public async ValueTask<bool> MoveNextAsync()
        {
            await Task.Yield();
            return MoveNext();
        }

        public void Reset() => throw new NotSupportedException();

        public void Dispose()
        {
            Interlocked.Increment(ref Disposals);
            if (endError is not null) throw endError;
        }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Dispose();
        }
    }
}
