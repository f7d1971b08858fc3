// Nito.AsyncEx
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nito.AsyncEx
{
    public sealed class AsyncContext : IDisposable
    {
        public static void Run(Action action) { }
        public static TResult Run<TResult>(Func<TResult> action) => throw null!;
        public static void Run(Func<Task> action) { }
        public static TResult Run<TResult>(Func<Task<TResult>> action) => throw null!;
        public void Dispose() { }
    }
}

namespace Nito.AsyncEx.Synchronous
{
    public static class TaskExtensions
    {
        public static void WaitAndUnwrapException(this Task task) { }
        public static void WaitAndUnwrapException(this Task task, CancellationToken cancellationToken) { }
        public static TResult WaitAndUnwrapException<TResult>(this Task<TResult> task) => throw null!;
        public static void WaitWithoutException(this Task task) { }
    }
}
