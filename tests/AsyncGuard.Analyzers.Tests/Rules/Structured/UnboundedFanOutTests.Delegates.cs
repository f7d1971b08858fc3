using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// Work that comes as a delegate; one task at a time.
public sealed partial class UnboundedFanOutTests
{
    [Theory]
    [InlineData("async Task M(string path, Func<string, Task> send) => await Task.WhenAll([|File.ReadLines(path).Select(send)|]);")]
    [InlineData(
        "async Task M(string path, Func<string, Task> send) => await Task.WhenAll([|File.ReadLines(path).Select(line => send(line))|]);")]
    public Task Delegate_ForEachLine_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "async Task M(System.Net.Sockets.UdpClient udp, Task close) { while (true) { var receive = udp.ReceiveAsync(); _ = receive.ContinueWith(r => { _ = r.Exception; }, TaskContinuationOptions.OnlyOnFaulted); if (await Task.WhenAny(close, receive) == close) break; } }")]
    public Task OneTaskAtATime_IsSilent(string source) => Silent(source);
}
