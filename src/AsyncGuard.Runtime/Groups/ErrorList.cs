using System;
using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>Errors in order of occurrence, each object once. Not thread safe.</summary>
internal sealed class ErrorList
{
    private const int LinearSearchUpTo = 32;

    private readonly List<Exception> _errors = [];
    private HashSet<Exception>? _known;

    public int Count => _errors.Count;

    public void Add(Exception error)
    {
        if (_errors.Count < LinearSearchUpTo)
        {
            foreach (var known in _errors)
            {
                if (ReferenceEquals(known, error))
                    return;
            }
        }
        else
        {
            _known ??= new HashSet<Exception>(_errors, ReferenceComparer<Exception>.Instance);
            if (!_known.Add(error))
                return;
        }
        _errors.Add(error);
    }

    public Exception[] ToArray() => _errors.ToArray();
}
