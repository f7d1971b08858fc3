using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>What is done with each item of a loop.</summary>
internal interface IItemWork<T>
{
    Task Call(T item, CancellationToken token);

    /// <summary>The work on an item has succeeded; called from any worker.</summary>
    void Succeeded(int index, Task work);
}
