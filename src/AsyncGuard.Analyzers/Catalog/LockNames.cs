using System;

namespace AsyncGuard.Catalog;

/// <summary>What is taken and released, by the names of types and methods alone.</summary>
internal static class LockNames
{
    private static readonly string[] Kinds = ["Lock", "Semaphore", "Mutex", "Monitor"];
    private static readonly string[] Acquiring = ["Wait", "Enter", "Lock", "Acquire", "TryWait", "TryEnter", "TryLock", "TryAcquire"];
    private static readonly string[] Releasing = ["Release", "Exit", "Leave", "Unlock", "Set"];

    /// <summary>Whether the type is a lock: <c>AsyncLock</c>, <c>AsyncReaderWriterLock</c>, <c>SemaphoreSlim</c>.</summary>
    public static bool IsLock(string type)
    {
        foreach (var kind in Kinds)
        {
            if (type.IndexOf(kind, StringComparison.Ordinal) >= 0) return true;
        }

        return false;
    }

    /// <summary>Whether the method takes something that is released later: <c>WaitAsync</c>, <c>EnterReadLock</c>.</summary>
    public static bool Acquires(string method) => NameWord.StartsAny(method, Acquiring);

    /// <summary>Whether the method may take a lock that belongs to the thread: <c>EnterWriteLock</c>, <c>WaitOne</c>.</summary>
    public static bool MayTakeForThread(string method) =>
        method is "WaitOne" || method.StartsWith("Enter", StringComparison.Ordinal)
        || method.StartsWith("TryEnter", StringComparison.Ordinal) || method.StartsWith("Acquire", StringComparison.Ordinal);

    /// <summary>Whether the method gives such a lock back: <c>ExitWriteLock</c>, <c>ReleaseMutex</c>.</summary>
    public static bool GivesBackForThread(string method) =>
        method.StartsWith("Exit", StringComparison.Ordinal) || method.StartsWith("Release", StringComparison.Ordinal);

    /// <summary>Whether the method gives back what was taken: <c>ReleaseAsync</c>, <c>ExitReadLock</c>.</summary>
    public static bool Releases(string method) => NameWord.StartsAny(method, Releasing);
}
