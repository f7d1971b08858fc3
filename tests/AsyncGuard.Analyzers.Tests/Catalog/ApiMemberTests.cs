using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Catalog;

/// <summary>A member or type of an API is known by its full name; what has the same short name elsewhere is another.</summary>
public sealed class ApiMemberTests
{
    private const string Code = """
        namespace Vendor
        {
            class Client { void Send() { } void Send(int a) { } class Options { int Limit { get; set; } } }
            class Client<T> { void Send() { } }
        }
        namespace Other.Vendor { class Client { void Send() { } } }
        namespace Endor { class Client { void Send() { } } }
        class Client { void Send() { } }
        """;

    private static readonly Compilation World = AnalyzerRun.Compile(Code, RuleTestOptions.Default);

    [Fact]
    public void AllOverloads_AreTheMember()
    {
        var send = new ApiMember("M:Vendor.Client.Send");

        Assert.All(Members("Vendor.Client", "Send"), member => Assert.True(send.Is(member)));
        Assert.Equal(2, Members("Vendor.Client", "Send").Length);
    }

    [Theory]
    [InlineData("Vendor.Client`1")]
    [InlineData("Other.Vendor.Client")]
    [InlineData("Endor.Client")]
    [InlineData("Client")]
    public void SameNameElsewhere_IsAnother(string type)
    {
        Assert.False(new ApiMember("M:Vendor.Client.Send").Is(Members(type, "Send").Single()));
        Assert.False(new ApiType("T:Vendor.Client").Is(World.GetTypeByMetadataName(type)));
    }

    [Fact]
    public void GenericAndNestedTypes_AreKnown()
    {
        Assert.True(new ApiMember("M:Vendor.Client`1.Send").Is(Members("Vendor.Client`1", "Send").Single()));
        Assert.True(new ApiMember("P:Vendor.Client.Options.Limit").Is(Members("Vendor.Client+Options", "Limit").Single()));
        Assert.True(new ApiType("T:Vendor.Client`1").Is(
            World.GetTypeByMetadataName("Vendor.Client`1")!.Construct(World.GetSpecialType(SpecialType.System_Int32))));
        Assert.True(new ApiType("T:Client").Is(World.GetTypeByMetadataName("Client")));
    }

    [Fact]
    public void DeclaredMembers_AreFound()
    {
        var send = new ApiMember("M:Vendor.Client.Send");

        Assert.Equal(2, send.In(World.GetTypeByMetadataName("Vendor.Client")!).Count());
        Assert.True(send.IsIn(World.GetTypeByMetadataName("Vendor.Client")!));
        Assert.False(send.IsIn(World.GetTypeByMetadataName("Endor.Client")!));
    }

    private static System.Collections.Immutable.ImmutableArray<ISymbol> Members(string type, string name) =>
        World.GetTypeByMetadataName(type)!.GetMembers(name);
}
