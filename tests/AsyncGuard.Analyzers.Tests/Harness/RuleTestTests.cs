using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>What the tests of a rule look like.</summary>
public sealed class RuleTestTests : RuleTest<OldLiteralAnalyzer, GoodFix>
{
    [Fact]
    public Task OldLiteral_InAnExpression_IsReplaced() => Fixes(
        """
        string A => [|"old"|];
        """,
        """
        string A => "new";
        """);

    [Fact]
    public Task OldLiteral_Suffix_IsReported() => Reports("""string A => [|"older"|];""");

    [Fact]
    public Task NewLiteral_IsSilent() => Silent("""string A => "new";""");

    [Fact]
    public Task OldLiteral_OffersOneAction() => Offers("""string A => [|"older"|];""", ["Say new"]);

    [Fact]
    public Task FileKind_HasNoUsingsOfItsOwn() => NoFix("""class D { {|CS0246:Task|} A => null!; }""", RuleTestOptions.File);
}
