using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Finds tasks that occur twice.</summary>
internal static class DistinctTasks
{
    private const int Few = 8;

    /// <summary>
    /// A part of the tasks in their order, each once. Leaves the array as it is, and hands it out itself if it is all of that.
    /// </summary>
    public static TTask[] Of<TTask>(Task[] tasks, int start, int length) where TTask : Task
    {
        var given = length == tasks.Length ? tasks as TTask[] : null;
        if (given is null)
        {
            given = new TTask[length];
            Array.Copy(tasks, start, given, 0, length);
        }

        var distinct = given;
        var known = length <= Few ? null : new int[Size(length)];
        var count = 0;
        for (var i = 0; i < length; i++)
        {
            var task = given[i];
            if (known is null ? IsKnown(distinct, count, task) : IsKnown(known, distinct, count, task))
            {
                if (ReferenceEquals(distinct, tasks)) distinct = (TTask[])given.Clone();
                continue;
            }

            if (i != count) distinct[count] = task;
            count++;
        }

        if (count < length) Array.Resize(ref distinct, count);
        return distinct;
    }

    private static bool IsKnown(Task[] tasks, int count, Task task)
    {
        for (var i = 0; i < count; i++)
        {
            if (ReferenceEquals(tasks[i], task)) return true;
        }

        return false;
    }

    /// <summary>
    /// By a hash table of places in the array, counted from 1 and at most half full. What is not known is entered for the next place.
    /// </summary>
    private static bool IsKnown(int[] places, Task[] tasks, int count, Task task)
    {
        var slot = RuntimeHelpers.GetHashCode(task) & (places.Length - 1);
        while (places[slot] != 0)
        {
            if (ReferenceEquals(tasks[places[slot] - 1], task)) return true;
            slot = (slot + 1) & (places.Length - 1);
        }

        places[slot] = count + 1;
        return false;
    }

    private static int Size(int count)
    {
        var size = Few;
        while (size < count * 2L) size *= 2;
        return size;
    }
}
