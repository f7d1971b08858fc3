// System.Reactive
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace System.Reactive.Linq;

public static class Observable
{
    public static TSource Wait<TSource>(this IObservable<TSource> source) => throw null!;
    public static TSource First<TSource>(this IObservable<TSource> source) => throw null!;
    public static TSource? FirstOrDefault<TSource>(this IObservable<TSource> source) => throw null!;
    public static TSource Last<TSource>(this IObservable<TSource> source) => throw null!;
    public static TSource? LastOrDefault<TSource>(this IObservable<TSource> source) => throw null!;
    public static TSource Single<TSource>(this IObservable<TSource> source) => throw null!;
    public static TSource? SingleOrDefault<TSource>(this IObservable<TSource> source) => throw null!;
    public static IObservable<TSource> FirstAsync<TSource>(this IObservable<TSource> source) => throw null!;
    public static IObservable<TSource> LastAsync<TSource>(this IObservable<TSource> source) => throw null!;
    public static IObservable<TSource> SingleAsync<TSource>(this IObservable<TSource> source) => throw null!;
    public static IEnumerable<TSource> ToEnumerable<TSource>(this IObservable<TSource> source) => throw null!;
    public static IEnumerable<TSource> Next<TSource>(this IObservable<TSource> source) => throw null!;
    public static IObservable<TSource> Where<TSource>(this IObservable<TSource> source, Func<TSource, bool> predicate) => throw null!;
}
