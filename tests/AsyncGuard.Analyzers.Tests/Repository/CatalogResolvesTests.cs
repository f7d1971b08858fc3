using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using AsyncGuard.Catalog;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>
/// What the catalog names exists, in .NET 10, ASP.NET Core, the runtime library, or a stub of the package. The files of packages alone are
/// resolved against the packages themselves.
/// </summary>
public sealed class CatalogResolvesTests(ITestOutputHelper output)
{
    // Members that .NET 8 and later have in the type itself, and older ones in a package; and what only .NET Framework, Windows or
    // PowerShell have.
    private static readonly string[] OfOtherFrameworks =
    [
        "M:System.Threading.Tasks.TimeProviderTaskExtensions.CreateCancellationTokenSource", "P:System.Web.HttpContext.Current",
        "T:System.Windows.Threading.DispatcherProcessingDisabled", "T:System.Management.Automation.Cmdlet",
    ];

    private static readonly Lazy<Compilation> World = new(() => AnalyzerRun.Compile("", RuleTestOptions.Default with
    {
        References = ReferenceSet.AspNetCore,
        Stubs = [.. typeof(Stubs).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetValue(null)!)],
    }).AddReferences(RuntimeLibrary.Reference));

    private static readonly Lazy<HashSet<string>> FrameworkAssemblies = new(() =>
        [.. AnalyzerRun.Compile("",
        RuleTestOptions.Default with { References = ReferenceSet.AspNetCore }).ReferencedAssemblyNames.Select(assembly => assembly.Name)]);

    public static TheoryData<string> Files => [.. ApiTable.BuiltInFiles().Select(file => file.File)];

    /// <summary>Those that AsyncGuard.Packages.Tests does not resolve.</summary>
    public static TheoryData<string> OwnFiles =>
        [.. ApiTable.BuiltInFiles().Select(file => file.File)
        .Where(file => !file.StartsWith("Catalog.Packages", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_IsReadWithoutError(string name) =>
        Assert.Empty(ApiTable.BuiltInFiles()
        .Single(file => file.File == name).Content.Errors.Select(error => $"{name}({error.Line}): {error.Problem}"));

    [Theory]
    [MemberData(nameof(OwnFiles))]
    public void Entries_Resolve(string name)
    {
        var missing = ApiTable.BuiltInFiles().Single(file => file.File == name).Content.Entries
            .Select(entry => (entry, Problem: ProblemWith(entry)))
            .Where(found => found.Problem is not null)
            .Select(found => $"{name}({found.entry.Line}): {found.entry.Id}: {found.Problem}")
            .ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    // static readonly ApiMember WhenAny = new("M:System.Threading.Tasks.Task.WhenAny")
    [Fact]
    public void Members_Resolve()
    {
        var wrong =
            from holder in typeof(ApiMember).Assembly.GetTypes()
            from field in holder.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            where field.FieldType == typeof(ApiMember) || field.FieldType == typeof(ApiType)
            from id in field.GetValue(null) switch { ApiMember member => member.Ids, ApiType type => type.Ids, _ => [] }
            where !OfOtherFrameworks.Contains(id) && ProblemWithId(id) is not null
            select $"{holder.Name}.{field.Name}: {id}: {ProblemWithId(id)}";
        var all = wrong.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    private static string? ProblemWithId(string id)
    {
        if (id.StartsWith("T:", StringComparison.Ordinal)) return TypesOf(id[2..]).Count > 0 ? null : "there is no such type";
        var dot = id.LastIndexOf('.');
        var kind = id[0] switch { 'P' => SymbolKind.Property, 'F' => SymbolKind.Field, 'E' => SymbolKind.Event, _ => SymbolKind.Method };
        return TypesOf(id[2..dot]).Any(type => type.GetMembers(id[(dot + 1)..]).Any(member => member.Kind == kind)) ? null
            : "there is no such member";
    }

    [Fact]
    public void Traits_AreAllUsed()
    {
        var entries = ApiTable.BuiltInFiles().SelectMany(file => file.Content.Entries).ToList();
        var traits = ApiTraits.All.Select(one => one.Trait).ToList();
        foreach (var trait in traits) output.WriteLine($"{entries.Count(entry => entry.Has(trait)),5} {trait}");
        var ofFramework = entries.Count(entry => TypesOf(entry.Type).Any(IsFramework));
        output.WriteLine($"{entries.Count,5} entries, {ofFramework} of the framework");

        Assert.True(ofFramework >= 600, $"{ofFramework} entries are of the framework");

        Assert.All(traits, trait => Assert.Contains(entries, entry => entry.Has(trait)));
    }

    [Fact]
    public void Entries_AreThere_Once()
    {
        var twice = ApiTable.BuiltInFiles().SelectMany(file => file.Content.Entries)
            .GroupBy(entry => entry.IsType ? $"{entry.Id} {entry.Traits} {entry.Answer}" : entry.Id).Where(group => group.Count() > 1)
            .Select(group => group.Key);
        Assert.Empty(twice);
    }

    private static bool IsFramework(INamedTypeSymbol type) => FrameworkAssemblies.Value.Contains(type.ContainingAssembly.Name);

    // HttpContext.RequestAborted of an HttpRequest
    private static bool ReadsToken(ITypeSymbol type, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (type is not INamedTypeSymbol named
                || MembersOf(named).OfType<IPropertySymbol>().FirstOrDefault(member => member.Name == name) is not { } property)
                return false;
            type = property.Type;
        }

        return type.Name == "CancellationToken";
    }

    // iterations 10000, an argument of the member or of what made its receiver
    private static bool HasNumber(INamedTypeSymbol type, string amount) =>
        amount.Split(' ') is [var name, var number] && double.TryParse(number, CultureInfo.InvariantCulture, out _)
        && MembersOf(type).OfType<IMethodSymbol>().SelectMany(method => method.Parameters).Any(parameter => parameter.Name == name);

    private static string? ProblemWith(ApiEntry entry)
    {
        var types = TypesOf(entry.Type);
        if (types.Count == 0) return "there is no such type";
        if (!entry.IsType && !types.Any(type => HasMember(type, entry))) return "there is no such member";
        return entry.Answer switch
        {
            null => null,
            ['T', ':', .. var other] => TypesOf(other).Count > 0 ? null : $"there is no type {other}",
            var path when entry.Has(ApiTraits.CarriesToken) => types.Any(type => ReadsToken(type, path)) ? null : $"{path} is no token",
            var amount when entry.Has(ApiTraits.Cpu) || (entry.Has(ApiTraits.RunsInPlace) && amount.Contains(' ')) =>
                types.Any(type => HasNumber(type, amount)) ? null : $"{amount} is no argument and number",
            var names when entry.Has(ApiTraits.Named) =>
                names.Split(' ')
                .FirstOrDefault(name => TypesOf(entry.Type[..(entry.Type.LastIndexOf('.') + 1)] + name).Count == 0) is { } missing
                ? $"there is no type {missing} beside it" : null,
            var name => types.Any(type => MembersOf(type).Any(member => member.Name == name)
                || (entry.Has(ApiTraits.Sleeps)
                && World.Value.GetTypeByMetadataName("System.Threading.Tasks.Task")!.GetMembers(name).Any()))
                ? null
                : $"there is no member {name}",
        };
    }

    // A dot may lead to a namespace or to an outer type.
    private static IReadOnlyList<INamedTypeSymbol> TypesOf(string documentationName)
    {
        for (var name = documentationName; ; name = name[..name.LastIndexOf('.')] + "+" + name[(name.LastIndexOf('.') + 1)..])
        {
            if (World.Value.GetTypesByMetadataName(name) is { Length: > 0 } found) return found;
            if (!name.Contains('.')) return [];
        }
    }

    private static bool HasMember(INamedTypeSymbol type, ApiEntry entry)
    {
        var kind = entry.Kind switch { 'P' => SymbolKind.Property, 'F' => SymbolKind.Field, _ => SymbolKind.Method };
        foreach (var member in type.GetMembers().Where(member => member.Kind == kind))
        {
            var name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "#ctor" : member.Name;
            var fits = entry.Member.EndsWith('*') ? name.StartsWith(entry.Member[..^1], StringComparison.Ordinal) : name == entry.Member;
            if (fits && (entry.Parameters is null || entry.Parameters == ParametersOf(member))) return true;
        }

        return false;
    }

    private static string ParametersOf(ISymbol member) =>
        member.GetDocumentationCommentId() is { } id && id.IndexOf('(') is var open and >= 0 ? id[(open + 1)..id.LastIndexOf(')')] : "";

    private static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers().Concat(type.AllInterfaces.SelectMany(contract => contract.GetMembers())))
            yield return member;
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers()) yield return member;
        }
    }
}
