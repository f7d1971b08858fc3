using System;

namespace AsyncGuard.Analysis;

/// <summary>
/// A service that keeps its answers for one compilation and is made, once, when it is first asked for. Each has a static field of this type
/// and is asked by its own type, <c>TokenScope.Of(guard)</c>, so that <see cref="GuardContext"/> need not know any of them.
/// </summary>
internal sealed class Engine<T>(Func<GuardContext, T> create)
    where T : class
{
    private readonly int _slot = GuardContext.NextSlot();

    public T Of(GuardContext guard) => (T)guard.EngineIn(_slot, create);
}
