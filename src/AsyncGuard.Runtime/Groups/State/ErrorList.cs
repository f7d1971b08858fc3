using System;
using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>Errors in order of occurrence, each object once. Not thread safe.</summary>
internal sealed class ErrorList
{
    private readonly List<Exception> _errors = [];
    private readonly HashSet<Exception> _known = new(ReferenceComparer<Exception>.Instance);

    public int Count => _errors.Count;

    public void Add(Exception error)
    {
        if (_known.Add(error))
            _errors.Add(error);
    }

    public Exception[] ToArray() => _errors.ToArray();
}
