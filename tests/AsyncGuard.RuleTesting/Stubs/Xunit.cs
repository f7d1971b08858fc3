// xunit.core
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Xunit;

[AttributeUsage(AttributeTargets.Method)]
public class FactAttribute : Attribute
{
    public virtual string? Skip { get; set; }
    public virtual int Timeout { get; set; }
}

[AttributeUsage(AttributeTargets.Method)]
public class TheoryAttribute : FactAttribute { }

[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class InlineDataAttribute : Attribute
{
    public InlineDataAttribute(params object?[]? data) { }
}

public interface IAsyncLifetime
{
    Task InitializeAsync();
    Task DisposeAsync();
}

public partial class Assert
{
    protected Assert() { }
    public static void True(bool condition) => throw null!;
    public static void False(bool condition) => throw null!;
    public static void Null(object? value) => throw null!;
    public static void NotNull(object? value) => throw null!;
    public static void Same(object? expected, object? actual) => throw null!;
    public static void Equal<T>(T expected, T actual) => throw null!;
    public static void Equal<T>(IEnumerable<T>? expected, IEnumerable<T>? actual) => throw null!;
    public static void NotEqual<T>(T expected, T actual) => throw null!;
    public static void Empty(System.Collections.IEnumerable collection) => throw null!;
    public static T Single<T>(IEnumerable<T> collection) => throw null!;
    public static T IsType<T>(object? value) => throw null!;
    public static void All<T>(IEnumerable<T> collection, Action<T> action) => throw null!;
    public static Task AllAsync<T>(IEnumerable<T> collection, Func<T, Task> action) => throw null!;
    public static T Throws<T>(Action testCode) where T : Exception => throw null!;
    public static T Throws<T>(Func<object?> testCode) where T : Exception => throw null!;
    [Obsolete("You must call Assert.ThrowsAsync<T> (and await the result) when testing async code.", true)]
    public static T Throws<T>(Func<Task> testCode) where T : Exception => throw null!;
    public static T ThrowsAny<T>(Action testCode) where T : Exception => throw null!;
    public static Task<T> ThrowsAsync<T>(Func<Task> testCode) where T : Exception => throw null!;
    public static Task<T> ThrowsAnyAsync<T>(Func<Task> testCode) where T : Exception => throw null!;
}

public static class Record
{
    public static Exception? Exception(Action testCode) => throw null!;
    public static Task<Exception?> ExceptionAsync(Func<Task> testCode) => throw null!;
}
