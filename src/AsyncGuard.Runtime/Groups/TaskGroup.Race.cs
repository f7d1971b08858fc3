using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Runs contenders against each other and returns the first result; with <paramref name="hedgeDelay"/> one after the other, the next
    /// when the delay is over or one has failed.
    /// <list type="bullet">
    /// <item>The first success wins. The losers are cancelled and waited for; a result that arrives too late is disposed
    /// (<see cref="IAsyncDisposable"/>, <see cref="IDisposable"/>).</item>
    /// <item>A failed contender does not end the race. When all have failed, all errors are thrown: the first in time from
    /// <c>await</c>.</item>
    /// <item>With a winner, the errors of the others go to <see cref="UnobservedChildException"/>.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/> before there is a winner: all are cancelled and waited for, then
    /// <see cref="OperationCanceledException"/>.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="contenders">At least one; enumerated once, at once.</param>
    /// <param name="hedgeDelay">How long to wait before the next contender joins; null starts all at once.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <param name="timeProvider">The clock of <paramref name="hedgeDelay"/>; the system's when null.</param>
    /// <returns>A task with the winner's result, that ends after all contenders that were started.</returns>
    /// <exception cref="ArgumentException">No contenders, or a null among them.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hedgeDelay"/> is negative and not infinite, or longer than 49
    /// days.</exception>
    public static Task<T> RaceAsync<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> contenders,
        TimeSpan? hedgeDelay = null,
        CancellationToken cancellationToken = default,
        TimeProvider? timeProvider = null)
    {
        var race = Race(contenders, winners: 1, accepts: null, hedgeDelay, timeProvider);
        return Run<Race<T>, T>(static (group, race) => race.RunAsync(group, static won => won[0]).Unwrap(), race, options: null,
            cancellationToken);
    }

    /// <summary>
    /// As <see cref="RaceAsync{T}(IEnumerable{Func{CancellationToken, Task{T}}}, TimeSpan?, CancellationToken, TimeProvider?)"/>, but a
    /// result counts only if it is accepted; another one is disposed. When all contenders have ended without: their errors, or an
    /// <see cref="InvalidOperationException"/>
    /// when there are none.
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="contenders">At least one; enumerated once, at once.</param>
    /// <param name="accepts">Whether a result counts; what it throws is an error of the contender.</param>
    /// <param name="hedgeDelay">How long to wait before the next contender joins; null starts all at once.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <param name="timeProvider">The clock of <paramref name="hedgeDelay"/>; the system's when null.</param>
    /// <returns>A task with the first result that is accepted, that ends after all contenders that were started.</returns>
    public static Task<T> RaceAsync<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> contenders,
        Func<T, bool> accepts,
        TimeSpan? hedgeDelay = null,
        CancellationToken cancellationToken = default,
        TimeProvider? timeProvider = null)
    {
        Ensure.NotNull(accepts);
        var race = Race(contenders, winners: 1, accepts, hedgeDelay, timeProvider);
        return Run<Race<T>, T>(static (group, race) => race.RunAsync(group, static won => won[0]).Unwrap(), race, options: null,
            cancellationToken);
    }

    /// <summary>
    /// Runs contenders against each other and returns the first so many results, in order of completion; then the others are cancelled and
    /// waited for.
    /// Otherwise as <see cref="RaceAsync{T}(IEnumerable{Func{CancellationToken, Task{T}}}, TimeSpan?, CancellationToken, TimeProvider?)"/>.
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="contenders">At least <paramref name="count"/>; enumerated once, at once.</param>
    /// <param name="count">How many results are wanted; at least 1.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with the results, that ends after all contenders.</returns>
    /// <exception cref="ArgumentException">Fewer contenders than results, or a null among them.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public static Task<T[]> FirstAsync<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> contenders, int count, CancellationToken cancellationToken = default)
    {
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), count, "Must be at least 1.");
        var race = Race(contenders, count, accepts: null, hedgeDelay: null, timeProvider: null);
        return Run<Race<T>, T[]>(
            static (group, race) => race.RunAsync(group, static won => won.ToArray()).Unwrap(), race, options: null, cancellationToken);
    }

    private static Race<T> Race<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> contenders, int winners, Func<T, bool>? accepts, TimeSpan? hedgeDelay,
        TimeProvider? timeProvider)
    {
        Ensure.NotNull(contenders);
        if (hedgeDelay is { } delay) Ensure.Delay(delay, nameof(hedgeDelay));
        var list = new List<Func<CancellationToken, Task<T>>>(contenders);
        if (list.Count == 0) throw new ArgumentException("A race needs at least one contender.", nameof(contenders));
        if (list.Count < winners) throw new ArgumentException("There are fewer contenders than results are wanted.", nameof(contenders));
        if (list.Contains(null!)) throw new ArgumentException("A contender is null.", nameof(contenders));
        return new Race<T>(list, winners, accepts, hedgeDelay, timeProvider ?? TimeProvider.System);
    }
}
