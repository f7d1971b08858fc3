using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>
/// What a test's program does to the outside. Every call is a place where a run may throw a fault in; what a program does there, in which
/// order, with which locks held, is
/// compared before and after the fix. A program uses real locks, delays and tasks for the rest.
/// </summary>
public static class Observed
{
    /// <summary>An effect of synchronous code.</summary>
    public static void Note(string effect) => Caller.Current.Note(effect);

    /// <summary>Asynchronous work that cannot be cancelled.</summary>
    public static Task StepAsync(string effect) => Caller.Current.WorkAsync(effect, CancellationToken.None);

    /// <summary>Asynchronous work; where its token is cancelled, it has no effect.</summary>
    public static Task WorkAsync(string effect, CancellationToken cancellationToken = default) =>
        Caller.Current.WorkAsync(effect, cancellationToken);

    /// <summary>Asynchronous work with a result.</summary>
    public static async Task<T> GetAsync<T>(string effect, T value, CancellationToken cancellationToken = default)
    {
        await Caller.Current.WorkAsync(effect, cancellationToken).ConfigureAwait(false);
        return value;
    }

    /// <summary>
    /// Something is held from here on, such as a lock, a connection, a count: how many hold it at once, and whether it is left again, is
    /// compared.
    /// </summary>
    public static void Enter(string name) => Caller.Current.World.Enter(name);

    /// <summary>What <see cref="Enter"/> has begun ends.</summary>
    public static void Leave(string name) => Caller.Current.World.Leave(name);

    /// <summary>Takes the next of the three items that there are; an item that is taken and not handled is lost.</summary>
    public static bool TryTake([NotNullWhen(true)] out string? item) => (item = Caller.Current.World.Take()) is not null;

    /// <summary>The same, asynchronously; null after the last.</summary>
    public static async Task<string?> TakeAsync()
    {
        await Task.Yield();
        return Caller.Current.World.Take();
    }

    /// <summary>Handles an item that was taken.</summary>
    public static async Task HandleAsync(string item, CancellationToken cancellationToken = default)
    {
        var world = Caller.Current.World;
        world.Handle(item);
        await Caller.Current.WorkAsync("handle " + item, cancellationToken).ConfigureAwait(false);
    }
}
