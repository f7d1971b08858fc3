using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Packages.Tests;

/// <summary>Each pinned package: what its labelled sources ask for is reported, and nothing else.</summary>
public sealed class PackagesTests(ITestOutputHelper output)
{
    private const int MaxSkipped = 3;

    public static TheoryData<string> Packages =>
        [.. PinnedPackage.All.Where(package => package.Sources.Count > 0).Select(package => package.Id)];

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Package_IsReportedAsLabelled(string id)
    {
        var package = PinnedPackage.Of(id);
        var restored = RestoredPackages.Of(package);
        if (restored.Problem is { } problem) Assert.Skip($"{package.Id} {package.Version} cannot be restored: {problem}");

        var result = await PackageRun.OfAsync(restored.Assemblies, [.. package.Sources.Select(path => new LabelledSource(path))]);
        output.WriteLine($"{package.Id} {package.Version}: {result}");
        Assert.True(result.IsRight, $"{package.Id} {package.Version}: {result}");
    }

    [Fact]
    public void Packages_AreRestored_AllButThree()
    {
        var skipped = PinnedPackage.All.Where(package => RestoredPackages.Of(package).Problem is not null)
            .Select(package => $"{package.Id} {package.Version}: {RestoredPackages.Of(package).Problem}").ToList();
        Assert.True(skipped.Count <= MaxSkipped, $"{skipped.Count} packages cannot be restored:\n{string.Join('\n', skipped)}");
    }

    [Fact]
    public void Packages_ArePinned_Once() =>
    Assert.Empty(PinnedPackage.All.GroupBy(package => package.Id.ToLowerInvariant()).Where(group => group.Count() > 1)
    .Select(group => group.Key));
}
