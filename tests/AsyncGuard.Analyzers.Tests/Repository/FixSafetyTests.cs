using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The page on fix safety names the tests of each change of behaviour that fixes once made; they are there.</summary>
public sealed partial class FixSafetyTests
{
    private const int Changes = 12;

    [Fact]
    public void Changes_AreAllListed()
    {
        var numbers = Row().Matches(Checkout.Read("docs/fix-safety.md")).Select(row => row.Groups[1].Value).Where(number => number != "");
        Assert.Equal(Enumerable.Range(1, Changes).Select(number => number.ToString(CultureInfo.InvariantCulture)), numbers);
    }

    [Fact]
    public void Tests_AreThere()
    {
        var tests = typeof(FixSafetyTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").ToHashSet();
        var named = Row().Matches(Checkout.Read("docs/fix-safety.md"))
            .SelectMany(row => Name().Matches(row.Groups[2].Value)).Select(name => name.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, tests));
    }

    // | 1 | what changed | `Class.Test`, `Class.Test` |
    [GeneratedRegex(@"^\| (\d*) ?\| [^|]+ \| ((?:`\w+Tests\.\w+`(?:, )?)+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex Name();
}
