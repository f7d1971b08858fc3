using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The code of a service on the rule pages: the rules report the lines that say so, and nothing else.</summary>
public sealed partial class ServiceExampleTests
{
    // What the code works with, without a word about it.
    private const string Shop =
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        public class Order
        {
            public int Id { get; set; }
            public string Customer { get; set; } = "";
            public bool IsPaid { get; set; }
        }

        public class Shop : DbContext
        {
            public Shop(DbContextOptions options) : base(options) { }

            public DbSet<Order> Orders => Set<Order>();
        }

        public interface IMailer { Task SendAsync(Order order, CancellationToken cancellationToken = default); }

        public interface IPrices { Task<decimal> OfAsync(string product, CancellationToken cancellationToken = default); }
        """;

    private static readonly RuleTestOptions Service = new()
    {
        Kind = SourceKind.Members,
        References = ReferenceSet.AspNetCore,
        Stubs = ["EntityFrameworkCore"],
        OtherFiles = [("Shop.cs", Shop)],
        ExtraUsings = ["Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.EntityFrameworkCore",
            "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging"],
    };

    public static TheoryData<string> Ids =>
        [.. RuleRow.All.Where(row => row.Analyzer is not null && row.Id != "AGD0901").Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Example_OnPage_ReportsTheLinesThatSayIt(string id)
    {
        var code = Example().Match(RulePage.Section(RuleRow.Of(id).Page, "Violation")).Groups[1].Value;
        Assert.NotEqual("", code);
        var lines = code.Split('\n');
        var isRoute = code.StartsWith("app.", StringComparison.Ordinal);
        var source = isRoute ? "void Map(WebApplication app)\n{\n" + string.Join('\n', lines.Select(line => "    " + line)) + "\n}" : code;
        var options = Service;
        if (code.Contains("TaskGroup", StringComparison.Ordinal))
            options = options with { ExtraReferences = [RuntimeLibrary.Reference], ExtraUsings = options.ExtraUsings.Add("AsyncGuard") };

        Assert.Empty(AnalyzerRun.GetCompilerErrors(source, options));
        var found = await AnalyzerRun.GetDiagnosticsAsync(RuleRow.AllAnalyzers, source, options);
        Assert.Equal(
            string.Join('\n', lines.Where(line => line.Contains("// AGD", StringComparison.Ordinal)).Select(line => line.Trim())),
            string.Join('\n', found.Where(one => one.Severity != DiagnosticSeverity.Hidden)
                .Select(one => $"{LineOf(one)}{Mark(one, lines)}")));
        Assert.Contains(found, one => one.Id == id);
    }

    private static string LineOf(Diagnostic finding)
    {
        var span = finding.Location.SourceSpan;
        return finding.Location.SourceTree!.GetText().Lines.GetLineFromPosition(span.Start).ToString().Trim();
    }

    // So that a line with another rule's number, or without one, reads wrong in the message.
    private static string Mark(Diagnostic finding, string[] lines) =>
        lines.Any(line => line.Trim() == LineOf(finding) && line.EndsWith("// " + finding.Id, StringComparison.Ordinal)) ? ""
            : $" <- {finding.Id}";

    [GeneratedRegex("### In a service\n\n```csharp service\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
