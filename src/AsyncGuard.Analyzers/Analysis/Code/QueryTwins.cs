using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>
/// The awaitable forms of LINQ's operators over a query that a database answers. Each library has its own, and those of another throw when
/// they run, so what counts is where the query comes from.
/// </summary>
internal static class QueryTwins
{
    private const string Suffix = ConventionalNames.Async;

    /// <summary>Whether an operator of the type may have one in the libraries that are referenced.</summary>
    public static bool MayExist(INamedTypeSymbol type, GuardContext guard) => !Libraries(type, guard).IsEmpty;

    /// <summary>Whether the type holds the awaitable forms of one of the libraries.</summary>
    public static bool IsLibrary(INamedTypeSymbol type, INamedTypeSymbol operators, GuardContext guard)
    {
        foreach (var library in Libraries(operators, guard))
        {
            if (SymbolEqualityComparer.Default.Equals(library, type)) return true;
        }

        return false;
    }

    /// <summary>The type to look in, or null where the call is none of an operator over such a query.</summary>
    public static INamedTypeSymbol? Of(IInvocationOperation call, GuardContext guard)
    {
        INamedTypeSymbol? first = null;
        IOperation? origin = null;
        foreach (var library in Libraries(call.TargetMethod.ContainingType, guard))
        {
            if (origin is null)
            {
                if (!DatabaseQuery.Is(call, guard.Types.Queryable)) return null;
                origin = DatabaseQuery.OriginOf(call);
                if (origin is ILocalReferenceOperation && InitialValue.Of(origin, guard) is { } value)
                    origin = DatabaseQuery.OriginOf(value);
            }

            if (ComesFrom(origin, library)) return library;
            first ??= library;
        }

        // container.GetItemLinqQueryable<Item>(allowSynchronousQueryExecution: true), which answers by a way of its own
        return origin is IInvocationOperation { TargetMethod: var maker } && guard.Apis.Has(maker.ReducedFrom ?? maker, ApiTraits.Blocks)
            ? null : first;
    }

    /// <summary>Whether the call runs a query before it returns: <c>db.Users.ToList()</c>, <c>db.Users.Count()</c>.</summary>
    public static bool Runs(IInvocationOperation call, GuardContext guard) =>
        MayExist(call.TargetMethod.ContainingType, guard) && Of(call, guard) is { } library
        && !library.GetMembers(call.TargetMethod.Name + Suffix).IsEmpty;

    /// <summary>The names of the operators that run a query.</summary>
    public static HashSet<string> Operators(GuardContext guard)
    {
        var names = new HashSet<string>();
        if (guard.Types.Enumerable is not { } enumerable) return names;
        foreach (var library in Libraries(enumerable, guard))
        {
            foreach (var member in library.GetMembers())
            {
                if (member is IMethodSymbol { IsStatic: true, Name: var name } && name.EndsWith(Suffix, StringComparison.Ordinal))
                    names.Add(name.Substring(0, name.Length - Suffix.Length));
            }
        }

        return names;
    }

    /// <summary>The names of types through which source reaches a query.</summary>
    public static HashSet<string> Sources(GuardContext guard)
    {
        var names = new HashSet<string> { "IQueryable", "IOrderedQueryable" };
        if (guard.Types.Enumerable is not { } enumerable) return names;
        foreach (var library in Libraries(enumerable, guard))
        {
            if (guard.Apis.TypeEntry(library, ApiTraits.Named) is { Answer: { } answer }) names.UnionWith(answer.Split(' '));
        }

        return names;
    }

    private static ImmutableArray<INamedTypeSymbol> Libraries(INamedTypeSymbol type, GuardContext guard) =>
        guard.Apis.TypeEntry(type, ApiTraits.TwinsIn) is null ? ImmutableArray<INamedTypeSymbol>.Empty : Referenced.Of(guard).By(type);

    // db.Users of the type DbSet<User>, collection.AsQueryable() of the driver, db.Database.SqlQuery<int>(…) of an assembly beside the
    // library's
    private static bool ComesFrom(IOperation origin, INamedTypeSymbol library)
    {
        if (origin is IInvocationOperation { TargetMethod.ContainingAssembly: { } makes } && IsOf(makes, library)) return true;
        return origin.Type?.ContainingAssembly is { } declares && IsOf(declares, library);
    }

    private static bool IsOf(IAssemblySymbol assembly, INamedTypeSymbol library)
    {
        var name = library.ContainingAssembly.Name;
        return assembly.Name.StartsWith(name, StringComparison.Ordinal)
            && (assembly.Name.Length == name.Length || assembly.Name[name.Length] == '.');
    }

    /// <summary>The libraries that the compilation references, remembered for each type of operators.</summary>
    private sealed class Referenced(GuardContext guard)
    {
        private static readonly Engine<Referenced> Engine = new(static guard => new Referenced(guard));

        private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<INamedTypeSymbol>> _libraries =
            new(SymbolEqualityComparer.Default);

        public static Referenced Of(GuardContext guard) => Engine.Of(guard);

        public ImmutableArray<INamedTypeSymbol> By(INamedTypeSymbol type) =>
            _libraries.TryGetValue(type, out var known) ? known : _libraries.GetOrAdd(type, Find(type));

        private ImmutableArray<INamedTypeSymbol> Find(INamedTypeSymbol type)
        {
            var found = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
            foreach (var entry in guard.Apis.TypeEntries(type, ApiTraits.TwinsIn))
            {
                if (entry.Answer is { } answer && guard.Types.Get(answer.Substring(2)) is { } library
                    && !EntityFramework.Of(guard).RunsInPlace(library))
                    found.Add(library);
            }

            return found.ToImmutable();
        }
    }
}
