using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>As <see cref="ItemLoop{T}"/>, over an asynchronous sequence: one worker at a time moves it on.</summary>
internal sealed class AsyncItemLoop<T>(IAsyncEnumerable<T> source, Func<T, CancellationToken, Task> body, int workers)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IAsyncEnumerator<T>? _items;
    private bool _ended;

    public async Task RunAsync(TaskGroup group)
    {
        await using (_items = source.GetAsyncEnumerator(group.CancellationToken))
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
            await _turn.WaitAsync(CancellationToken.None);
            try
            {
                if (_ended)
                    return;
                token.ThrowIfCancellationRequested();
                if (!await _items!.MoveNextAsync())
                {
                    _ended = true;
                    return;
                }
                item = _items.Current;
            }
            catch (Exception)
            {
                // An enumeration that failed is not asked again.
                _ended = true;
                throw;
            }
            finally
            {
                _turn.Release();
            }
            await (body(item, token) ?? Tasks.NullTask());
        }
    }
}
