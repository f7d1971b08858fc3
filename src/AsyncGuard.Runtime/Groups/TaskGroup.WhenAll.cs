using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Runs all children at once and waits for all of them: <c>Task.WhenAll</c> as a scope.
    /// <list type="bullet">
    /// <item>The first error cancels the others; it is thrown by <c>await</c>, all of them are in <c>Task.Exception</c>.</item>
    /// <item>Children start in order, on the caller. After one has failed synchronously the rest are not called.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/> cancels all of them: <see cref="OperationCanceledException"/>, unless all
    /// completed anyway.</item>
    /// </list>
    /// </summary>
    /// <param name="cancellationToken">The outer token.</param>
    /// <param name="children">The work; each receives the group's token.</param>
    /// <returns>A task that ends after all children.</returns>
    /// <exception cref="ArgumentException">A null among <paramref name="children"/>. Of an enumerable, which is read one by one, it is an
    /// error of the group.</exception>
    public static Task WhenAllAsync(CancellationToken cancellationToken, params Func<CancellationToken, Task>[] children)
    {
        Ensure.NotNull(children);
        if (Array.IndexOf(children, null) >= 0) throw NullChild();
        return Run(
            static (group, children) =>
            {
                foreach (var child in children) group.Start(child);
                return Task.CompletedTask;
            },
            children,
            options: null,
            cancellationToken);
    }

    /// <inheritdoc cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>
    /// <typeparam name="T">The children's result.</typeparam>
    /// <returns>A task with the results in the order of <paramref name="children"/>.</returns>
    public static Task<T[]> WhenAllAsync<T>(CancellationToken cancellationToken, params Func<CancellationToken, Task<T>>[] children)
    {
        Ensure.NotNull(children);
        if (Array.IndexOf(children, null) >= 0) throw NullChild();
        return WhenAllAsync((IEnumerable<Func<CancellationToken, Task<T>>>)children, cancellationToken);
    }

    /// <inheritdoc cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>
    /// <typeparam name="T">The children's result.</typeparam>
    /// <param name="children">The work; each receives the group's token. Enumerated once, at once.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with the results in the order of <paramref name="children"/>.</returns>
    public static Task<T[]> WhenAllAsync<T>(IEnumerable<Func<CancellationToken, Task<T>>> children,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(children);
        return MapAsync(children, static (child, token) => CallChild(child, token), maxConcurrency: 0, cancellationToken);
    }

    /// <inheritdoc cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>
    /// <typeparam name="T">The children's result.</typeparam>
    /// <param name="children">The work; each receives the group's token. Enumerated once.</param>
    /// <param name="options">Of the group; <see cref="TaskGroupOptions.MaxConcurrency"/> says how many run at once.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with the results in the order of <paramref name="children"/>.</returns>
    public static Task<T[]> WhenAllAsync<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> children, TaskGroupOptions options, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(children);
        return MapAsync(children, static (child, token) => CallChild(child, token), options, cancellationToken);
    }

    /// <summary>
    /// Runs two children without results at once. Otherwise as
    /// <see cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>.
    /// </summary>
    /// <param name="first">The first child.</param>
    /// <param name="second">The second child.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after both.</returns>
    [OverloadResolutionPriority(-1)] // Behind the one with a token first: default fits both.
    public static Task WhenAllAsync(Func<CancellationToken, Task> first, Func<CancellationToken, Task> second,
    CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(first);
        Ensure.NotNull(second);
        return WhenAllAsync(cancellationToken, first, second);
    }

    /// <summary>
    /// Runs three children without results at once. Otherwise as
    /// <see cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>.
    /// </summary>
    /// <param name="first">The first child.</param>
    /// <param name="second">The second child.</param>
    /// <param name="third">The third child.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after all three.</returns>
    [OverloadResolutionPriority(-1)]
    public static Task WhenAllAsync(
        Func<CancellationToken, Task> first,
        Func<CancellationToken, Task> second,
        Func<CancellationToken, Task> third,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(first);
        Ensure.NotNull(second);
        Ensure.NotNull(third);
        return WhenAllAsync(cancellationToken, first, second, third);
    }

    /// <summary>
    /// Runs two children with different results at once. Otherwise as
    /// <see cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>.
    /// </summary>
    /// <typeparam name="T1">The first child's result.</typeparam>
    /// <typeparam name="T2">The second child's result.</typeparam>
    /// <param name="first">The first child.</param>
    /// <param name="second">The second child.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with all results that ends after all children.</returns>
    public static Task<(T1, T2)> WhenAllAsync<T1, T2>(
        Func<CancellationToken, Task<T1>> first,
        Func<CancellationToken, Task<T2>> second,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(first);
        Ensure.NotNull(second);
        return Gather<(T1, T2)>(
            group =>
            {
                var firstTask = group.Start(first);
                var secondTask = group.Start(second);
                return () => (Tasks.ResultOf(firstTask), Tasks.ResultOf(secondTask));
            },
            cancellationToken);
    }

    /// <summary>
    /// Runs three children with different results at once. Otherwise as
    /// <see cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>.
    /// </summary>
    /// <typeparam name="T1">The first child's result.</typeparam>
    /// <typeparam name="T2">The second child's result.</typeparam>
    /// <typeparam name="T3">The third child's result.</typeparam>
    /// <param name="first">The first child.</param>
    /// <param name="second">The second child.</param>
    /// <param name="third">The third child.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with all results that ends after all children.</returns>
    public static Task<(T1, T2, T3)> WhenAllAsync<T1, T2, T3>(
        Func<CancellationToken, Task<T1>> first,
        Func<CancellationToken, Task<T2>> second,
        Func<CancellationToken, Task<T3>> third,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(first);
        Ensure.NotNull(second);
        Ensure.NotNull(third);
        return Gather<(T1, T2, T3)>(
            group =>
            {
                var firstTask = group.Start(first);
                var secondTask = group.Start(second);
                var thirdTask = group.Start(third);
                return () => (Tasks.ResultOf(firstTask), Tasks.ResultOf(secondTask), Tasks.ResultOf(thirdTask));
            },
            cancellationToken);
    }

    /// <summary>
    /// Runs four children with different results at once. Otherwise as
    /// <see cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>.
    /// </summary>
    /// <typeparam name="T1">The first child's result.</typeparam>
    /// <typeparam name="T2">The second child's result.</typeparam>
    /// <typeparam name="T3">The third child's result.</typeparam>
    /// <typeparam name="T4">The fourth child's result.</typeparam>
    /// <param name="first">The first child.</param>
    /// <param name="second">The second child.</param>
    /// <param name="third">The third child.</param>
    /// <param name="fourth">The fourth child.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with all results that ends after all children.</returns>
    public static Task<(T1, T2, T3, T4)> WhenAllAsync<T1, T2, T3, T4>(
        Func<CancellationToken, Task<T1>> first,
        Func<CancellationToken, Task<T2>> second,
        Func<CancellationToken, Task<T3>> third,
        Func<CancellationToken, Task<T4>> fourth,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(first);
        Ensure.NotNull(second);
        Ensure.NotNull(third);
        Ensure.NotNull(fourth);
        return Gather<(T1, T2, T3, T4)>(
            group =>
            {
                var firstTask = group.Start(first);
                var secondTask = group.Start(second);
                var thirdTask = group.Start(third);
                var fourthTask = group.Start(fourth);
                return () => (Tasks.ResultOf(firstTask), Tasks.ResultOf(secondTask), Tasks.ResultOf(thirdTask), Tasks.ResultOf(fourthTask));
            },
            cancellationToken);
    }

    /// <summary>
    /// Runs five children with different results at once. Otherwise as
    /// <see cref="WhenAllAsync(CancellationToken, Func{CancellationToken, Task}[])"/>.
    /// </summary>
    /// <typeparam name="T1">The first child's result.</typeparam>
    /// <typeparam name="T2">The second child's result.</typeparam>
    /// <typeparam name="T3">The third child's result.</typeparam>
    /// <typeparam name="T4">The fourth child's result.</typeparam>
    /// <typeparam name="T5">The fifth child's result.</typeparam>
    /// <param name="first">The first child.</param>
    /// <param name="second">The second child.</param>
    /// <param name="third">The third child.</param>
    /// <param name="fourth">The fourth child.</param>
    /// <param name="fifth">The fifth child.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with all results that ends after all children.</returns>
    public static Task<(T1, T2, T3, T4, T5)> WhenAllAsync<T1, T2, T3, T4, T5>(
        Func<CancellationToken, Task<T1>> first,
        Func<CancellationToken, Task<T2>> second,
        Func<CancellationToken, Task<T3>> third,
        Func<CancellationToken, Task<T4>> fourth,
        Func<CancellationToken, Task<T5>> fifth,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(first);
        Ensure.NotNull(second);
        Ensure.NotNull(third);
        Ensure.NotNull(fourth);
        Ensure.NotNull(fifth);
        return Gather<(T1, T2, T3, T4, T5)>(
            group =>
            {
                var firstTask = group.Start(first);
                var secondTask = group.Start(second);
                var thirdTask = group.Start(third);
                var fourthTask = group.Start(fourth);
                var fifthTask = group.Start(fifth);
                return () => (Tasks.ResultOf(firstTask), Tasks.ResultOf(secondTask), Tasks.ResultOf(thirdTask), Tasks.ResultOf(fourthTask),
                    Tasks.ResultOf(fifthTask));
            },
            cancellationToken);
    }

    private static Task<T> CallChild<T>(Func<CancellationToken, Task<T>>? child, CancellationToken token)
        => child is null ? throw NullChild() : child(token);

    private static ArgumentException NullChild() => new("A child is null.", "children");

    /// <summary>Runs the body, and once all children have succeeded asks for the result.</summary>
    private static Task<T> Gather<T>(Func<TaskGroup, Task> body, Func<T> collect, TaskGroupOptions? options,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var completion = new CollectingCompletion<T>(collect);
        var group = new TaskGroup(completion, options, cancellationToken);
        group.Arm();
        group.WatchBody(AmbientContext.Invoke(static (group, body) => body(group), group, body));
        return completion.Task;
    }

    /// <summary>Starts children, and once all of them have succeeded asks for the result.</summary>
    private static Task<T> Gather<T>(Func<TaskGroup, Func<T>> start, CancellationToken cancellationToken)
    {
        Func<T>? collect = null;
        return Gather(
            group =>
            {
                collect = start(group);
                return Task.CompletedTask;
            },
            () => collect!(),
            options: null,
            cancellationToken);
    }
}
