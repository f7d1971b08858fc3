using System;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Looks through tasks. Not generic, which would be slower.</summary>
internal static class EndedTasks
{
    /// <summary>
    /// Sorts tasks by whether they have ended now, those that have not first, and keeps the order otherwise; says how many have not.
    /// </summary>
    public static int MoveToEnd(Task[] tasks)
    {
        Task? first = null;
        Task[]? others = null;
        var pending = 0;
        var ended = 0;
        var unsorted = 0;
        for (var i = 0; i <= tasks.Length; i++)
        {
            if (i < tasks.Length && !tasks[i].IsCompleted) continue;
            // A stretch of those that had not ended moves up.
            if (unsorted != pending && unsorted < i) Array.Copy(tasks, unsorted, tasks, pending, i - unsorted);
            pending += i - unsorted;
            unsorted = i + 1;
            if (i == tasks.Length) break;
            if (ended == 0) first = tasks[i];
            else (others ??= new Task[tasks.Length - i])[ended - 1] = tasks[i];
            ended++;
        }

        if (ended == 0) return pending;
        tasks[pending] = first!;
        if (others is not null) Array.Copy(others, 0, tasks, pending + 1, ended - 1);
        return pending;
    }

    /// <summary>How many have not ended. <paramref name="isEnough"/>: the end of one that has is what is waited for.</summary>
    /// <exception cref="ArgumentException">A null among them.</exception>
    public static int CountPending(Task[] tasks, WaitUntil until, out bool isEnough)
    {
        var pending = 0;
        isEnough = false;
        foreach (var task in tasks)
        {
            if (task is null) throw new ArgumentException("A task is null.", nameof(tasks));
            if (!task.IsCompleted) pending++;
            else isEnough |= TaskWait.Satisfies(task, until);
        }

        return pending;
    }
}
