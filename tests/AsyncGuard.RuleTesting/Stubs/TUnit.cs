// TUnit.Assertions
using System;
using System.Threading.Tasks;

namespace TUnit.Assertions;

public static class Assert
{
    public static T Throws<T>(Action action) where T : Exception => throw null!;
    public static Task<T> ThrowsAsync<T>(Func<Task> action) where T : Exception => throw null!;
}
