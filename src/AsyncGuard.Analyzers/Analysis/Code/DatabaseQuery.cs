using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>Distinguishes a query that a database answers from a list that only looks like one: <c>list.AsQueryable()</c>.</summary>
internal static class DatabaseQuery
{
    private const int MaxAssignments = 8;

    /// <summary>
    /// Whether the source that a chain of query operators starts from is an <c>IQueryable</c> that was not made of objects in memory.
    /// </summary>
    public static bool Is(IOperation? source, INamedTypeSymbol? queryable) => Is(source, queryable, MaxAssignments);

    private static bool Is(IOperation? source, INamedTypeSymbol? queryable, int depth)
    {
        while (true)
        {
            switch (source)
            {
                case IConversionOperation conversion:
                    source = conversion.Operand;
                    continue;
                case IInvocationOperation call when IsMadeOfObjects(call):
                    return false;
                case IInvocationOperation call when StepOf(call) is { } before:
                    source = before;
                    continue;
                case IInvocationOperation call when depth > 0 && IsGivenObjects(call, queryable, depth):
                    return false;
                case ILocalReferenceOperation local when depth > 0 && !IsAssignedQueriesOnly(local, queryable, depth):
                    return false;
            }

            return source?.Type is { } type && IsQueryable(type, queryable);
        }
    }

    /// <summary>
    /// What the first operator of a chain of query operators is called on: <c>db.Users</c> in <c>db.Users.Where(…).ToList()</c>.
    /// </summary>
    public static IOperation OriginOf(IOperation query)
    {
        while (true)
        {
            switch (query)
            {
                case IConversionOperation conversion:
                    query = conversion.Operand;
                    continue;
                case IInvocationOperation call when !IsMadeOfObjects(call) && StepOf(call) is { } before:
                    query = before;
                    continue;
                default:
                    return query;
            }
        }
    }

    // list.AsQueryable(); not collection.AsQueryable() of a database's own library
    private static bool IsMadeOfObjects(IInvocationOperation call) =>
        SequenceMembers.AsQueryable.Is(call.TargetMethod) && StepOf(call) is not null;

    // users in users.Where(…); not database in database.SqlQuery(…), which is no sequence
    private static IOperation? StepOf(IInvocationOperation call) =>
        call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0
        && Unwrapped.ImplicitConversions(call.Arguments[0].Value) is var first && IsSequence(first.Type) ? first : null;

    private static bool IsSequence(ITypeSymbol? type)
    {
        if (type is null || type.SpecialType == SpecialType.System_String) return false;
        if (type.SpecialType == SpecialType.System_Collections_IEnumerable) return true;
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.SpecialType == SpecialType.System_Collections_IEnumerable) return true;
        }

        return false;
    }

    // var q = list.AsQueryable(); order.Match(some => q.OrderBy(…), () => q), Paged(q): another query, of the same objects
    private static bool IsGivenObjects(IInvocationOperation call, INamedTypeSymbol? queryable, int depth)
    {
        foreach (var argument in call.Arguments)
        {
            foreach (var operation in argument.Descendants())
            {
                if (operation is ILocalReferenceOperation { Type: { } type } local && IsQueryable(type, queryable)
                    && !Is(local, queryable, depth - 1))
                    return true;
            }
        }

        return false;
    }

    private static bool IsQueryable(ITypeSymbol type, INamedTypeSymbol? queryable) =>
        queryable is not null
        && (SymbolEqualityComparer.Default.Equals(type, queryable) || type.AllInterfaces.ContainsSymbol(queryable));

    // IQueryable<T> q = list.AsQueryable(); if (db != null) q = db.Items;
    private static bool IsAssignedQueriesOnly(ILocalReferenceOperation reference, INamedTypeSymbol? queryable, int depth)
    {
        var root = FlowGraphs.RootOf(reference);
        foreach (var operation in root.Descendants())
        {
            var value = operation switch
            {
                IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local) =>
                    declarator.Initializer?.Value,
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } } assignment
                    when SymbolEqualityComparer.Default.Equals(assigned, reference.Local) => assignment.Value,
                _ => null,
            };
            if (value is not null && !IsOf(reference.Local, value) && !Is(value, queryable, depth - 1)) return false;
        }

        return true;
    }

    // q = q.Where(…) says nothing new
    private static bool IsOf(ILocalSymbol local, IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    continue;
                case IInvocationOperation call when StepOf(call) is { } before:
                    value = before;
                    continue;
                default:
                    return value is ILocalReferenceOperation { Local: var read } && SymbolEqualityComparer.Default.Equals(read, local);
            }
        }
    }
}
