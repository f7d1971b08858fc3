using System;
using System.Collections.Generic;
using System.Linq;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Packages.Tests;

/// <summary>
/// The look-alikes of packages that the tests of single rules compile against have nothing that the package itself does not have: each type
/// and each member, with as many parameters, is looked up in the package as it is restored.
/// </summary>
public sealed class StubsTests(ITestOutputHelper output)
{
    /// <summary>Look-alikes of what no package served here has, each with the reason.</summary>
    private static readonly Dictionary<string, string> NotServed = new()
    {
        [Stubs.AsyncGuardRuntime] = "the runtime library, whose types have tests of their own",
        [Stubs.UserInterfaces] = "frameworks of Windows and of Apple, whose packages are for desktops",
        [Stubs.WindowsBase] = "a framework of Windows",
    };

    /// <summary>What a look-alike has of another version or build than the pinned one, by how its display name begins.</summary>
    private static readonly (string Start, string Reason)[] OfOthers =
    [
        ("Amazon.S3.AmazonS3Client.", "the build for .NET Framework has synchronous requests"),
        ("LanguageExt.Option<A>.", "version 3"),
        ("Microsoft.VisualStudio.TestTools.UnitTesting.Assert.ThrowsException", "version 3"),
        ("MongoDB.Driver.IMongoCollection<TDocument>.Find", "the extensions of the package, as members"),
        ("NUnit.Framework.", "the delegates of version 4"),
        ("RabbitMQ.Client.", "version 6"),
        ("Scrypt.", "no version is served"),
        ("SixLabors.ImageSharp.Formats.DecoderOptions", "version 3"),
    ];

    public static TheoryData<string> Names =>
        [.. typeof(Stubs).GetFields().Where(constant => constant.IsLiteral).Select(constant => (string)constant.GetRawConstantValue()!)
        .Where(name => !NotServed.ContainsKey(name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Stub_HasOnlyWhatThePackageHas(string name)
    {
        var reference = Stubs.Get(name, ReferenceSet.AspNetCore);
        var compilation = CSharpCompilation.Create("Stub", references: [.. ReferenceAssemblies.Get(ReferenceSet.AspNetCore), reference]);
        var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
        var problems = TypesIn(assembly.GlobalNamespace).SelectMany(ProblemsOf)
            .Where(problem => !OfOthers.Any(other => problem.StartsWith(other.Start, StringComparison.Ordinal))).ToList();
        output.WriteLine($"{name}: {problems.Count} problems");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) =>
        container.GetMembers().SelectMany(member => member switch
        {
            INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => TypesIn(type).Prepend(type),
            INamespaceSymbol inner => TypesIn(inner),
            _ => [],
        });

    private static IEnumerable<string> ProblemsOf(INamedTypeSymbol stub)
    {
        var real = CatalogIdsTests.Worlds.Value.SelectMany(world => world.GetTypesByMetadataName(MetadataName(stub))).ToList();
        if (real.Count == 0) return [$"{stub}: there is no such type"];
        return stub.GetMembers()
            .Where(member => member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false }
                and not INamedTypeSymbol and not IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor) })
            .Where(member => !real.Any(type => Has(type, member)))
            .Select(member => $"{member}: there is no such member");
    }

    private static string MetadataName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? MetadataName(outer) + "+" + type.MetadataName
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : type.ContainingNamespace + "." + type.MetadataName;

    // A member that the package inherits may stand in the stub's type itself.
    private static bool Has(INamedTypeSymbol type, ISymbol member)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(member.Name).Any(other => Fits(other, member))) return true;
        }

        return type.AllInterfaces.Any(contract => contract.GetMembers(member.Name).Any(other => Fits(other, member)));
    }

    // The stub may leave out parameters that are optional.
    private static bool Fits(ISymbol real, ISymbol stub) => (real, stub) switch
    {
        (IMethodSymbol method, IMethodSymbol wanted) => method.Parameters.Length >= wanted.Parameters.Length
            && method.TypeParameters.Length == wanted.TypeParameters.Length
            && method.Parameters.Skip(wanted.Parameters.Length).All(parameter => parameter.IsOptional || parameter.IsParams),
        (IFieldSymbol, IPropertySymbol) or (IPropertySymbol, IFieldSymbol) => true,
        _ => real.Kind == stub.Kind,
    };
}
