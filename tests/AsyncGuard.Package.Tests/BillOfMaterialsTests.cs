using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>The command of <c>.ci/pack</c> that writes a bill of materials beside the packages, over the one that is tested.</summary>
public sealed partial class BillOfMaterialsTests(PackageFeed feed)
{
    [Fact]
    public async Task Command_OfThePackScript_NamesThePackageByItsHash_AndWhatItIsBuiltFrom()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is run by bash.");
        var command = Command().Match(File.ReadAllText(Path.Combine(feed.Repository, ".ci", "pack"))).Value;
        var restore = await DotNet.RunAsync(feed.Repository, "tool", "restore");
        Assert.SkipWhen(restore.ExitCode != 0, "The tool that writes the bill cannot be restored here: " + restore.Output);
        var folder = feed.NewEmptyFolder("bill");
        var package = feed.CopyPackage(folder);

        (await DotNet.RunProgramAsync("env", feed.Repository, $"out={folder}", $"version={feed.Version}", "bash", "-euc", command))
            .RequireSuccess();

        using var bill = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "_manifest", "spdx_2.2", "manifest.spdx.json")));
        Assert.Equal("SPDX-2.2", bill.RootElement.GetProperty("spdxVersion").GetString());
        Assert.Equal($"AsyncGuard {feed.Version}", bill.RootElement.GetProperty("name").GetString());
        var file = Assert.Single(bill.RootElement.GetProperty("files").EnumerateArray());
        Assert.Equal("./" + Path.GetFileName(package), file.GetProperty("fileName").GetString());
        Assert.Contains(file.GetProperty("checksums").EnumerateArray(), sum => sum.GetProperty("algorithm").GetString() == "SHA256"
            && sum.GetProperty("checksumValue").GetString()!.Equals(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(package))),
                StringComparison.OrdinalIgnoreCase));
        var parts = bill.RootElement.GetProperty("packages").EnumerateArray()
            .Select(part => $"{part.GetProperty("name")} {part.GetProperty("versionInfo")}").ToList();
        Assert.Contains("Microsoft.CodeAnalysis.CSharp 4.5.0", parts);
        Assert.Contains(parts, part => part.StartsWith("Spectre.Console.Cli ", StringComparison.Ordinal));
    }

    [GeneratedRegex("^dotnet sbom-tool generate .*$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
