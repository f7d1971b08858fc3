// MSTest.TestFramework
using System;
using System.Threading.Tasks;

namespace Microsoft.VisualStudio.TestTools.UnitTesting;

public static class Assert
{
    public static T ThrowsException<T>(Action action) where T : Exception => throw null!;
    public static Task<T> ThrowsExceptionAsync<T>(Func<Task> action) where T : Exception => throw null!;
    public static void AreEqual<T>(T expected, T actual) => throw null!;
}
