namespace AsyncGuard;

/// <summary>How <c>await</c> throws the errors of a group.</summary>
public enum TaskGroupErrorMode
{
    /// <summary><c>await</c> throws the first error in time, with its own type and stack, as after <c>Task.WhenAll</c>;
    /// <c>Task.Exception.InnerExceptions</c> has all of them in order of occurrence. A nested group's errors are listed flat.</summary>
    First,

    /// <summary>
    /// <c>await</c> always throws a <see cref="TaskGroupException"/>, for one error as for many. A nested group's exception stays nested.
    /// </summary>
    Aggregate,
}
