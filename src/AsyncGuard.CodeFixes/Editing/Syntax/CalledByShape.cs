using System;
using System.Linq;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>
/// Methods that are called in ways which no reference shows, and whose return type has to stay as it is: by a framework that knows their
/// names, by the language, by reflection.
/// </summary>
internal static class CalledByShape
{
    public static bool Is(IMethodSymbol method, FixContext fix) =>
        method.GetAttributes().Any(attribute => fix.Guard.Types.IsCallbackAttribute(attribute.AttributeClass))
        || RefusalNames.IsOfStartup(method) || IsOfSerializer(method) || IsOfInitializer(method)
        || (method.ReturnsVoid && HandlerShape.Is(method)) || IsNamedIn(fix.Root, method.Name);

    /// <summary>Whether a <c>nameof</c> names the method for reflection: <c>[MemberData(nameof(Rows))]</c>.</summary>
    public static bool IsForReflection(SyntaxNode name)
    {
        if (name.Ancestors().FirstOrDefault(ancestor => ancestor is InvocationExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }
            }) is not { } named)
            return false;
        return IsForReflectionAt(named);
    }

    // bool ShouldSerializeName(), void ResetName()
    private static bool IsOfSerializer(IMethodSymbol method) =>
        method.Parameters.IsEmpty && Property(method.Name, "ShouldSerialize") is { } property
        && !method.ContainingType.GetMembers(property).IsEmpty;

    private static string? Property(string method, string prefix) =>
        method.StartsWith(prefix, StringComparison.Ordinal) && method.Length > prefix.Length ? method.Substring(prefix.Length) : null;

    // new Rows { 1, 2 }, var (a, b) = row: no code would await what they return
    private static bool IsOfInitializer(IMethodSymbol method) =>
        method is { Name: WellKnownMember.Deconstruct, ReturnsVoid: true }
        || (method.Name == WellKnownMember.Add && method.ContainingType.AllInterfaces.Any(contract =>
            contract.SpecialType == SpecialType.System_Collections_IEnumerable));

    // typeof(C).GetMethod("Load"), [MemberData("Rows")]
    private static bool IsNamedIn(SyntaxNode root, string name) =>
        root.DescendantNodes().OfType<LiteralExpressionSyntax>().Any(literal =>
            literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText == name && IsForReflectionAt(literal));

    private static bool IsForReflectionAt(SyntaxNode name) =>
        name.Parent is AttributeArgumentSyntax
        || (name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called }
            && RefusalNames.Reflects(called));
}
