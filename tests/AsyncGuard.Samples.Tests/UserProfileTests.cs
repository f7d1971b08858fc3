using System;
using System.Linq;
using System.Threading.Tasks;
using UserProfile;
using Xunit;

namespace AsyncGuard.Samples.Tests;

public sealed class UserProfileTests
{
    [Fact]
    public async Task Program_OverlapsDatabaseAndService()
    {
        Assert.SkipWhen(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ASYNCGUARD_POSTGRES")),
            "needs PostgreSQL: samples/UserProfile/postgres.sh dotnet test …");

        var (outcome, _) = await SampleProgram.RunAsync<Outcome>("UserProfile");

        var delayed = outcome.Latencies.Where(one => one.Delays != "none").ToDictionary(one => one.Form, one => one.Median);
        Assert.True(delayed["before"] >= 195, $"{delayed["before"]} ms");
        Assert.True(delayed["after, in sequence"] >= 195, $"{delayed["after, in sequence"]} ms");
        Assert.InRange(delayed["after, task group"], 115, delayed["after, in sequence"] - 1);

        Assert.Equal(["before", "after, in sequence", "after, task group"], outcome.Failures.Select(failure => failure.Form));
        Assert.All(outcome.Failures, failure => Assert.Equal("HttpRequestException (ServiceUnavailable)", failure.Exception));
        // The group does not wait for the query's second: it cancels it. The fastest, since a busy machine may hold up the cancellation.
        Assert.True(outcome.Failures[1].FastestMs >= 998, $"{outcome.Failures[1].FastestMs} ms");
        Assert.True(outcome.Failures[2].FastestMs < outcome.Failures[1].FastestMs, $"{outcome.Failures[2].FastestMs} ms");
    }

    [Fact]
    public async Task Program_WithoutAServer_SaysWhatItNeeds()
    {
        var (exitCode, error) = await SampleProgram.FailAsync("UserProfile", ("ASYNCGUARD_POSTGRES", ""));

        Assert.Equal(1, exitCode);
        Assert.StartsWith("ASYNCGUARD_POSTGRES has to hold the connection string of a PostgreSQL server", error);
    }
}
