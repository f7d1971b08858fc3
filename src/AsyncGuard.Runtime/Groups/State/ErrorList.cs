using System;
using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>
/// Errors in order of occurrence, each object once. An error that another one carries as its inner exception is its cause and stands
/// before it, also when it is recorded later: a child's task is complete a moment before the group is notified, and code on another
/// thread may look at the task in between. Not thread safe.
/// </summary>
internal sealed class ErrorList
{
    private readonly List<Exception> _errors = [];
    private readonly HashSet<Exception> _known = new(ReferenceComparer<Exception>.Instance);

    // What the errors carry as their causes, at any depth.
    private HashSet<Exception>? _causes;

    public int Count => _errors.Count;

    public void Add(Exception error)
    {
        if (!_known.Add(error)) return;
        var place = _causes?.Contains(error) == true ? _errors.FindIndex(other => IsCause(error, other)) : -1;
        _errors.Insert(place < 0 ? _errors.Count : place, error);
        foreach (var cause in CausesOf(error)) (_causes ??= new(ReferenceComparer<Exception>.Instance)).Add(cause);
    }

    public Exception[] ToArray() => _errors.ToArray();

    private static bool IsCause(Exception cause, Exception error)
    {
        foreach (var inner in CausesOf(error))
        {
            if (ReferenceEquals(inner, cause)) return true;
        }

        return false;
    }

    private static IEnumerable<Exception> CausesOf(Exception error)
    {
        if (error is AggregateException aggregate)
        {
            foreach (var inner in aggregate.InnerExceptions)
            {
                yield return inner;
                foreach (var cause in CausesOf(inner)) yield return cause;
            }
        }
        else if (error.InnerException is { } inner)
        {
            yield return inner;
            foreach (var cause in CausesOf(inner)) yield return cause;
        }
    }
}
