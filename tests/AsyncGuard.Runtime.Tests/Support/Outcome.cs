using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Support;

/// <summary>How a task ended: what await throws, and all errors.</summary>
internal sealed class Outcome
{
    private Outcome(Task task, Exception? thrown)
    {
        Status = task.Status;
        Thrown = thrown;
        Errors = task.Exception?.InnerExceptions.ToArray() ?? [];
    }

    public TaskStatus Status { get; }

    public Exception? Thrown { get; }

    public IReadOnlyList<Exception> Errors { get; }

    public static async Task<Outcome> OfAsync(Task task)
    {
        try
        {
            await task;
            return new Outcome(task, null);
        }
        catch (Exception exception)
        {
            return new Outcome(task, exception);
        }
    }

    public static Task<Outcome> OfAsync<T>(ValueTask<T> task) => OfAsync(task.AsTask());

    public void Succeeds() => Assert.True(Status == TaskStatus.RanToCompletion, $"{Status}: {Thrown}");

    public void IsCanceledBy(CancellationToken token)
    {
        Assert.True(Status == TaskStatus.Canceled, $"{Status}: {Thrown}");
        Assert.Equal(token, Assert.IsType<OperationCanceledException>(Thrown, exactMatch: false).CancellationToken);
    }

    /// <summary>The types in order of occurrence.</summary>
    public void FailsWith(params Type[] types)
    {
        Assert.True(Status == TaskStatus.Faulted, $"{Status}: {Thrown}");
        Assert.Equal(types, Errors.Select(static error => error.GetType()));
        Assert.Same(Errors[0], Thrown);
    }

    public void FailsWith<TException>() where TException : Exception => FailsWith(typeof(TException));
}
