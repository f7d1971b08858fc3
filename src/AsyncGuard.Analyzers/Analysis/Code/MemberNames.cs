using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>How a message calls a member.</summary>
internal static class MemberNames
{
    /// <summary>In our own code: <c>Load</c>, <c>new Loader</c>, <c>Rows[]</c>.</summary>
    public static string Short(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "new " + TypeOf(member),
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } =>
            "operator of " + TypeOf(member),
        IMethodSymbol { AssociatedSymbol: { } associated } => Short(associated),
        IPropertySymbol { IsIndexer: true } => TypeOf(member) + "[]",
        INamedTypeSymbol => "static " + member.Name,
        _ => member.Name.Substring(member.Name.LastIndexOf('.') + 1),
    };

    /// <summary>In the code of others: <c>File.ReadAllText</c>.</summary>
    public static string Full(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension } or IPropertySymbol { IsIndexer: false }
        ? TypeOf(member) + "." + Short(member) : Short(member);

    private static string? TypeOf(ISymbol member) => DeclaringType.Of(member)?.Name;

    /// <summary>A variable that holds a delegate.</summary>
    public static string OfValue(IOperation? value) => value switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IMemberReferenceOperation reference => reference.Member.Name,
        _ => "Invoke",
    };
}
