using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Work without a result.</summary>
internal sealed class ItemBody<T>(Func<T, CancellationToken, Task> body) : IItemWork<T>
{
    public Task Call(T item, CancellationToken token) => body(item, token);

    public void Succeeded(int index, Task work)
    {
    }
}
