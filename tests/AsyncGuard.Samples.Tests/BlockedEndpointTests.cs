using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AsyncGuard.Analyzers.Tests.Repository;
using BlockedEndpoint;
using Xunit;

namespace AsyncGuard.Samples.Tests;

public sealed class BlockedEndpointTests
{
    [Fact]
    public async Task Program_AnswersMore_WhereNothingBlocks_AndTheMonitorNamesWhatDoes()
    {
        var (outcome, _) = await SampleProgram.RunAsync<Outcome>("BlockedEndpoint", "--seconds", "2", "--clients", "32");

        foreach (var endpoint in outcome.Load.GroupBy(one => one.Endpoint))
        {
            var before = endpoint.Single(one => one.Form == "before");
            var after = endpoint.Single(one => one.Form == "after");
            Assert.True(after.PerSecond > before.PerSecond,
                $"{endpoint.Key}: {before.PerSecond}, then {after.PerSecond} answers per second");
            Assert.True(after.P50 < before.P50, $"{endpoint.Key}: {before.P50}, then {after.P50} ms");
        }

        string Said(string endpoint, string form) =>
            string.Join('\n', outcome.Monitor.Single(one => one.Endpoint == endpoint && one.Form == form).Reports);
        Assert.Contains("Executing HTTP: GET /before/sleep took", Said("sleep", "before"));
        Assert.Contains("Executing Endpoints.Map (lambda) took", Said("synchronous", "before"));
        Assert.Contains("Executing Endpoints.Map (lambda) took", Said("helper", "before"));
        Assert.Contains("Executing Endpoints.Map (lambda) took", Said("hash", "before"));

        // The runtime spins before it blocks. Where other work takes the processor meanwhile, little of the wait is left, and the function
        // is named; else the line.
        Assert.Contains("Endpoints", Said("result", "before"));
        if (Regex.Match(Said("result", "before"), @"\(Endpoints\.cs:(\d+)\) blocked its thread") is { Success: true } named)
            Assert.EndsWith("// AGD0102",
                Checkout.Read("samples/BlockedEndpoint/Before/Endpoints.cs").Split('\n')[int.Parse(named.Groups[1].Value) - 1]);
        else Assert.Contains("Executing Endpoints.Map (lambda) took", Said("result", "before"));
    }
}
