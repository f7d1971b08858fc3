using System;
using System.Collections.Concurrent;
using System.Linq;

namespace AsyncGuard.Support;

/// <summary>Listens to <see cref="TaskGroup.UnobservedChildException"/>. Tests tell their errors apart by the group's name.</summary>
internal sealed class UnobservedErrors : IDisposable
{
    private readonly ConcurrentQueue<UnobservedChildExceptionEventArgs> _events = new();

    public UnobservedErrors() => TaskGroup.UnobservedChildException += Add;

    public Exception[] Of(string? group) => [.. _events.Where(e => e.GroupName == group).Select(static e => e.Exception)];

    public void Dispose() => TaskGroup.UnobservedChildException -= Add;

    private void Add(object? sender, UnobservedChildExceptionEventArgs e) => _events.Enqueue(e);
}
