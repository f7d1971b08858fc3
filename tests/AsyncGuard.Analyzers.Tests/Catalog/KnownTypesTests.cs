using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Catalog;

/// <summary>
/// A type that references do not hold is remembered with them; what the code declares, and other references, are seen all the same.
/// </summary>
public sealed class KnownTypesTests
{
    private const string Name = "Vendor.Client";

    private static readonly MetadataReference Core = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);

    [Fact]
    public void A_type_that_is_nowhere_is_null_again_after_an_edit()
    {
        var compilation = Compile("class Program { }", [Core]);

        Assert.Null(new KnownTypes(compilation).Get(Name));
        Assert.Null(new KnownTypes(Edited(compilation, "class Program { }")).Get(Name));
    }

    [Fact]
    public void A_type_that_an_edit_declares_is_found()
    {
        var compilation = Compile("class Program { }", [Core]);
        Assert.Null(new KnownTypes(compilation).Get(Name));

        var declared = new KnownTypes(Edited(compilation, "namespace Vendor { class Client { internal class Options { } } }"));

        Assert.Equal("Client", declared.Get(Name)?.Name);
        Assert.Equal("Options", declared.Get(Name + "+Options")?.Name);
        Assert.Equal("Options", declared.Documented(Name + ".Options")?.Name);
    }

    [Fact]
    public void A_type_that_another_reference_brings_is_found_and_lost_with_it()
    {
        var vendor = Compile("namespace Vendor { public class Client { } }", [Core], "Vendor").ToMetadataReference();
        var without = Compile("class Program { }", [Core]);
        Assert.Null(new KnownTypes(without).Get(Name));

        // The reference that was last stays last.
        var with = Compile("class Program { }", [vendor, Core]);

        Assert.Equal("Client", new KnownTypes(with).Get(Name)?.Name);
        Assert.Null(new KnownTypes(without).Get(Name));
        Assert.Equal("Client", new KnownTypes(Edited(with, "class Other { }")).Get(Name)?.Name);
    }

    [Fact]
    public void A_type_that_another_assembly_keeps_to_itself_is_null()
    {
        var vendor = Compile("namespace Vendor { class Client { } }", [Core], "Vendor").ToMetadataReference();
        var compilation = Compile("class Program { }", [Core, vendor]);

        Assert.Null(new KnownTypes(compilation).Get(Name));
        Assert.Equal("Client", new KnownTypes(Edited(compilation, "namespace Vendor { class Client { } }")).Get(Name)?.Name);
    }

    [Fact]
    public void A_compilation_without_references_has_its_own_types()
    {
        var compilation = Compile("namespace Vendor { class Client { } }", []);

        Assert.Equal("Client", new KnownTypes(compilation).Get(Name)?.Name);
        Assert.Null(new KnownTypes(compilation).Task);
    }

    private static CSharpCompilation Compile(string code, IEnumerable<MetadataReference> references, string name = "Program") =>
        CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(code)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static CSharpCompilation Edited(CSharpCompilation compilation, string code) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(), CSharpSyntaxTree.ParseText(code));
}
