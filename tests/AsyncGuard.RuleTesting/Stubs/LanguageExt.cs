// LanguageExt.Core
using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace LanguageExt
{
    public static class Prelude
    {
        public static Either<L, R> Right<L, R>(R value) => throw null!;
        public static Task<Either<L, R>> RightAsync<L, R>(R value) => throw null!;
    }

    public struct Option<A> : IEnumerable<A>
    {
        public IEnumerator<A> GetEnumerator() => throw null!;
        IEnumerator IEnumerable.GetEnumerator() => throw null!;
        public bool Exists(Func<A, bool> pred) => throw null!;
        public Task<bool> ExistsAsync(Func<A, bool> pred) => throw null!;
        public B Match<B>(Func<A, B> Some, Func<B> None) => throw null!;
        public Task<B> MatchAsync<B>(Func<A, Task<B>> Some, Func<Task<B>> None) => throw null!;
    }

    public struct Either<L, R>
    {
        public B Match<B>(Func<R, B> Right, Func<L, B> Left) => throw null!;
        public Task<B> MatchAsync<B>(Func<R, Task<B>> Right, Func<L, Task<B>> Left) => throw null!;
    }

    public class Validation<FAIL, SUCCESS>
    {
        public B Match<B>(Func<SUCCESS, B> Succ, Func<FAIL, B> Fail) => throw null!;
        public Task<B> MatchAsync<B>(Func<SUCCESS, Task<B>> Succ, Func<FAIL, Task<B>> Fail) => throw null!;
    }
}
