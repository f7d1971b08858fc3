// Moq
using System;
using System.Linq.Expressions;
using System.Threading.Tasks;

namespace Moq.Language.Flow
{
    public interface ISetup<TMock> where TMock : class
    {
        ISetup<TMock> Callback(Action action);
        void Verifiable();
    }

    public interface ISetup<TMock, TResult> where TMock : class
    {
        ISetup<TMock, TResult> Callback(Action action);
        ISetup<TMock, TResult> Returns(TResult value);
        ISetup<TMock, TResult> Returns(Func<TResult> valueFunction);
        void Verifiable();
    }
}

namespace Moq
{
    using Moq.Language.Flow;

    public static class It
    {
        public static TValue IsAny<TValue>() => throw null!;
        public static TValue Is<TValue>(Expression<Func<TValue, bool>> match) => throw null!;
    }

    public readonly struct Times
    {
        public static Times Once() => throw null!;
        public static Times Never() => throw null!;
        public static Times Exactly(int callCount) => throw null!;
    }

    public static class ReturnsExtensions
    {
        public static ISetup<TMock, Task<TResult>> ReturnsAsync<TMock, TResult>(this ISetup<TMock, Task<TResult>> mock, TResult value)
            where TMock : class => throw null!;
    }

    public abstract class Mock
    {
        public static T Of<T>() where T : class => throw null!;
    }

    public class Mock<T> : Mock where T : class
    {
        public Mock() { }
        public Mock(params object[] args) { }
        public virtual T Object => throw null!;
        public ISetup<T> Setup(Expression<Action<T>> expression) => throw null!;
        public ISetup<T, TResult> Setup<TResult>(Expression<Func<T, TResult>> expression) => throw null!;
        public void Verify(Expression<Action<T>> expression) => throw null!;
        public void Verify(Expression<Action<T>> expression, Times times) => throw null!;
        public void Verify(Expression<Action<T>> expression, Func<Times> times) => throw null!;
        public void Verify<TResult>(Expression<Func<T, TResult>> expression) => throw null!;
        public void Verify<TResult>(Expression<Func<T, TResult>> expression, Times times) => throw null!;
        public void VerifyAll() => throw null!;
    }
}
