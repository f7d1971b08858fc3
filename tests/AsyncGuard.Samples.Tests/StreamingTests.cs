using System.Linq;
using System.Threading.Tasks;
using Streaming;
using Xunit;

namespace AsyncGuard.Samples.Tests;

public sealed class StreamingTests
{
    [Fact]
    public async Task Program_MemoryFollowsTheFile_OnlyBefore()
    {
        var (outcome, _) = await SampleProgram.RunAsync<Outcome>("Streaming");

        Assert.All(outcome.Downloads, one => Assert.Equal(outcome.Hashes[one.Megabytes], one.Hash));
        // From 8 to 48 MB.
        Assert.True(Growth("before, buffered") > 25, $"{Growth("before, buffered")} MB");
        Assert.True(Growth("before, unlimited channel") > 10, $"{Growth("before, unlimited channel")} MB");
        Assert.True(Growth("after, bounded channel") < 8, $"{Growth("after, bounded channel")} MB");

        double Growth(string form)
        {
            var peaks = outcome.Downloads.Where(one => one.Form == form).OrderBy(one => one.Megabytes).Select(one => one.PeakHeapMegabytes)
                .ToList();
            return peaks[^1] - peaks[0];
        }
    }
}
