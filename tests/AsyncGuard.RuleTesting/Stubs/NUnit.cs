// nunit.framework
using System;
using System.Threading.Tasks;

namespace NUnit.Framework.Constraints
{
    public interface IResolveConstraint { }
    public class Constraint : IResolveConstraint { }
}

namespace NUnit.Framework
{
    using NUnit.Framework.Constraints;

    [AttributeUsage(AttributeTargets.Class)]
    public class TestFixtureAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Method)]
    public class TestAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public class TestCaseAttribute : Attribute
    {
        public TestCaseAttribute(params object?[]? arguments) { }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public class SetUpAttribute : Attribute { }

    public delegate void TestDelegate();
    public delegate Task AsyncTestDelegate();
    public delegate TActual ActualValueDelegate<TActual>();

    public abstract class Is
    {
        public static Constraint True => throw null!;
        public static Constraint Null => throw null!;
        public static Constraint EqualTo(object? expected) => throw null!;
    }

    public abstract class Throws
    {
        public static Constraint Nothing => throw null!;
        public static Constraint Exception => throw null!;
        public static Constraint TypeOf<TExpected>() => throw null!;
    }

    public abstract partial class Assert
    {
        public static void That(bool condition) => throw null!;
        public static void That<TActual>(TActual actual, IResolveConstraint expression) => throw null!;
        public static void That(TestDelegate code, IResolveConstraint constraint) => throw null!;
        public static void That<TActual>(ActualValueDelegate<TActual> del, IResolveConstraint expr) => throw null!;
        public static Task ThatAsync(AsyncTestDelegate code, IResolveConstraint constraint) => throw null!;
        public static Task ThatAsync<TActual>(Func<Task<TActual>> code, IResolveConstraint constraint) => throw null!;
        public static TActual? Throws<TActual>(TestDelegate code) where TActual : Exception => throw null!;
        public static TActual? ThrowsAsync<TActual>(AsyncTestDelegate code) where TActual : Exception => throw null!;
        public static void DoesNotThrow(TestDelegate code) => throw null!;
        public static void DoesNotThrowAsync(AsyncTestDelegate code) => throw null!;
        public static void Multiple(TestDelegate testDelegate) => throw null!;
        public static Task MultipleAsync(AsyncTestDelegate testDelegate) => throw null!;
    }
}
