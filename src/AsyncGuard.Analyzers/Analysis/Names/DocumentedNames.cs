using System;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Names;

/// <summary>The names by which source mentions a member that is known by its documentation id only.</summary>
internal static class DocumentedNames
{
    /// <summary>
    /// The names by which a member of another assembly is mentioned, from its documentation id: <c>M:Legacy.Db.Load``1(System.Int32)</c>.
    /// </summary>
    public static string[] Of(string id)
    {
        var end = id.IndexOf('(');
        if (end < 0) end = id.Length;
        var name = LastName(id, end);
        var start = end - name.Length;
        if (name == "#ctor") return [CallNames.ConstructorOf(WithoutArity(LastName(id, start - 1))), CallNames.Creation];

        // void IStore.Save()
        name = WithoutArity(name.Substring(name.LastIndexOf('#') + 1));
        return name switch
        {
            WellKnownMember.Item or "get_Item" or "set_Item" => [WellKnownMember.Item, CallNames.Indexer],
            WellKnownMemberNames.ImplicitConversionName or WellKnownMemberNames.ExplicitConversionName or "op_CheckedExplicit" =>
                [CallNames.Conversion, WithoutArity(LastName(id, start - 1))],
            WellKnownMemberNames.EqualityOperatorName or WellKnownMemberNames.InequalityOperatorName => [CallNames.Equality],
            _ when name.StartsWith("op_", StringComparison.Ordinal) => [CallNames.Operator],
            _ when name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal)
                || name.StartsWith("add_", StringComparison.Ordinal) => [name, name.Substring(4)],
            _ when name.StartsWith("remove_", StringComparison.Ordinal) => [name, name.Substring(7)],
            _ => [name],
        };
    }

    // T:Db has no dot
    private static string LastName(string id, int end)
    {
        var start = Math.Max(id.LastIndexOf('.', end - 1) + 1, 2);
        return id.Substring(start, end - start);
    }

    private static string WithoutArity(string name)
    {
        var arity = name.IndexOf('`');
        return arity < 0 ? name : name.Substring(0, arity);
    }
}
