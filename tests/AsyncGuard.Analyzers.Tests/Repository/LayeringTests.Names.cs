using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <content>Types and members of APIs are known by name in the catalog alone.</content>
public sealed partial class LayeringTests
{
    // A name is one of these where code compares it: Catalog has a trait, an ApiMember, an ApiType or a class of names for it. Words of the
    // language ("nameof", "value", "op_"), names that an edit chooses and ids of the compiler are no names of APIs.
    [Theory]
    [InlineData(Analyzers)]
    [InlineData(Fixes)]
    public void Names_AreComparedOnlyInTheCatalog(string project) => RequireNone(
        from path in Checkout.SourcesBelow(project.TrimEnd('/'))
        where !path.StartsWith(Analyzers + "Catalog/", StringComparison.Ordinal)
        from found in ComparedNames(Parse(path))
        select $"{path} compares {found}: Catalog knows names");

    [Theory]
    [InlineData("""if (method.Name == "Dispose") return;""")]
    [InlineData("""if ("Dispose" != method.Name) return;""")]
    [InlineData("""if (method is { Name: "Enter" or "TryEnter" }) return;""")]
    [InlineData("""if (operation is IInvocationOperation { TargetMethod.Name: not "Enter" }) return;""")]
    [InlineData("""switch (method.Name) { case "Enter": return; }""")]
    [InlineData("""var isEnter = name switch { "Enter" => true, _ => false };""")]
    [InlineData("""if ((type, name) is ("Thread", _)) return;""")]
    [InlineData("""if (method.Name.StartsWith("Try", StringComparison.Ordinal)) return;""")]
    [InlineData("""if (string.Equals(method.Name, "Dispose", StringComparison.Ordinal)) return;""")]
    [InlineData("""if (parameter.Name == "timeout") return;""")]
    [InlineData("""if (type.MetadataName is "Task`1") return;""")]
    [InlineData("""if (space is { Name: "IO" }) return;""")]
    [InlineData("""if (method.Name == nameof(Regex.IsMatch)) return;""")]
    [InlineData("""if (method.Name == Enter) return;""")]
    [InlineData("""if (Known.Contains(method.Name)) return;""")]
    public void ComparedName_IsFound(string statement) => Assert.NotEmpty(ComparedNames(Holder(statement)));

    [Theory]
    [InlineData("""if (call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" }) return;""")]
    [InlineData("""if (parameter.Name == "_") return;""")]
    [InlineData("""if (diagnostic.Id == "CS4014") return;""")]
    [InlineData("""if (method.Name == WellKnownMember.Dispose) return;""")]
    [InlineData("""if (method.Name == nameof(ToString)) return;""")]
    [InlineData("""var name = IdentifierName("Dispose");""")]
    public void OtherText_IsNotFound(string statement) => Assert.Empty(ComparedNames(Holder(statement)));

    private static CompilationUnitSyntax Holder(string statement) => CSharpSyntaxTree.ParseText(
        $$"""
        class C
        {
            private const string Enter = "Enter";
            {{(statement.Contains("Known", StringComparison.Ordinal) && !statement.Contains("WellKnown", StringComparison.Ordinal)
                ? """private static readonly string[] Known = ["Enter", "TryEnter"];""" : "")}}
            void M() { {{statement}} }
        }
        """).GetCompilationUnitRoot();

    private static IEnumerable<string> ComparedNames(CompilationUnitSyntax unit)
    {
        var constants = unit.DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Where(one => one.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.ConstKeyword) == true
            && one.Initializer?.Value.IsKind(SyntaxKind.StringLiteralExpression) == true)
            .ToDictionary(one => one.Identifier.ValueText, one => ((LiteralExpressionSyntax)one.Initializer!.Value).Token.ValueText);
        return
            from value in unit.DescendantNodes().OfType<ExpressionSyntax>()
            let text = TextOf(value, constants)
            where text is not null && (IsNameOfApi(text) ? IsCompared(value) : Identifier().IsMatch(text) && IsComparedWithName(value))
            select $"\"{text}\" in {LineOf(value)}";
    }

    private static string? TextOf(ExpressionSyntax value, Dictionary<string, string> constants) => value switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        IdentifierNameSyntax { Identifier.ValueText: var name } when constants.TryGetValue(name, out var text) => text,
        InvocationExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" },
            ArgumentList.Arguments: [{ Expression: MemberAccessExpressionSyntax access }]
        } => access.Name.Identifier.ValueText,
        _ => null,
    };

    // "Dispose", "Task`1": not a word in lower case, and no id of a diagnostic
    private static bool IsNameOfApi(string text) => ApiName().IsMatch(text);

    private static bool IsCompared(ExpressionSyntax value) => value.Parent switch
    {
        ConstantPatternSyntax or CaseSwitchLabelSyntax => true,
        BinaryExpressionSyntax binary =>
            binary.IsKind(SyntaxKind.EqualsExpression) || binary.IsKind(SyntaxKind.NotEqualsExpression),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } =>
            access.Name.Identifier.ValueText is "StartsWith" or "EndsWith" or "Contains" or "Equals" or "IndexOf",
        _ => IsInTable(value),
    };

    // private static readonly string[] Releasing = ["Release", "Exit"]
    private static bool IsInTable(ExpressionSyntax value) =>
        value.IsKind(SyntaxKind.StringLiteralExpression) && value.Parent is not ArgumentSyntax
        && value.FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } field
        && field.Declaration.Type is ArrayTypeSyntax { ElementType: PredefinedTypeSyntax }
            or GenericNameSyntax { Identifier.ValueText: "HashSet" };

    // symbol.Name == "timeout", { Parameter.Name: "path" }
    private static bool IsComparedWithName(ExpressionSyntax value)
    {
        if (value.Parent is BinaryExpressionSyntax binary && IsCompared(value))
            return IsName(binary.Left == value ? binary.Right : binary.Left);
        if (value.Parent is not ConstantPatternSyntax) return false;
        return value.Ancestors().SkipWhile(node => node is PatternSyntax and not RecursivePatternSyntax).FirstOrDefault() switch
        {
            SubpatternSyntax { NameColon.Name.Identifier.ValueText: var name } => IsName(name),
            SubpatternSyntax { ExpressionColon.Expression: var path } => IsName(path),
            IsPatternExpressionSyntax test => IsName(test.Expression),
            _ => false,
        };
    }

    private static bool IsName(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax access => IsName(access.Name.Identifier.ValueText),
        MemberBindingExpressionSyntax binding => IsName(binding.Name.Identifier.ValueText),
        ConditionalAccessExpressionSyntax conditional => IsName(conditional.WhenNotNull),
        _ => false,
    };

    private static bool IsName(string member) => member is "Name" or "MetadataName";

    private static string LineOf(ExpressionSyntax value) =>
        value.SyntaxTree.GetText().Lines[value.GetLocation().GetLineSpan().StartLinePosition.Line].ToString().Trim();

    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*(?<!_)(`\d)?$")]
    private static partial Regex ApiName();

    [GeneratedRegex(@"^[A-Za-z]\w*(`\d)?$")]
    private static partial Regex Identifier();
}
