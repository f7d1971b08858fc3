using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>As <see cref="ItemLoop{T}"/>, over an asynchronous sequence: one worker at a time moves it on.</summary>
internal sealed class AsyncItemLoop<T>(IAsyncEnumerator<T> items, IItemWork<T> work, int workers) : WorkerPool(workers)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _next;
    private bool _ended;

    protected override bool HasEnded => Volatile.Read(ref _ended);

    protected override async Task WorkAsync(CancellationToken token)
    {
        while (true)
        {
            var turn = _turn.WaitAsync(CancellationToken.None);
            if (!turn.IsCompleted) await new WithoutThrowing(turn);
            T item;
            int index;
            try
            {
                if (_ended) return;
                token.ThrowIfCancellationRequested();
                var move = items.MoveNextAsync();
                if (!(move.IsCompleted ? await move : await AsyncItems.Moved(move.AsTask()).Inline()))
                {
                    Volatile.Write(ref _ended, true);
                    return;
                }

                item = items.Current;
                index = _next++;
            }
            catch (Exception)
            {
                // An enumeration that failed is not asked again.
                Volatile.Write(ref _ended, true);
                throw;
            }
            finally
            {
                _turn.Release();
            }

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

    protected override Task EndAsync() => items.DisposeAsync().AsTask();
}
