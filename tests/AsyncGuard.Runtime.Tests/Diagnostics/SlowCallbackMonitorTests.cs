using System;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AsyncGuard.Diagnostics;

[Collection(nameof(UnobservedCollection))]
public sealed class SlowCallbackMonitorTests
{
    private static readonly TimeSpan Threshold = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<SlowCallbackInfo> _reports = new();

    [Fact]
    public async Task Kestrel_EndpointsThatSleepOrBlock_AreNamed()
    {
        using var monitor = Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseRouting();
        app.Use((context, next) => monitor.RunAsync(() => next(context), context.GetEndpoint()?.DisplayName));
        app.MapGet("/sleep", static () =>
        {
            Thread.Sleep(80);
            return "slept";
        });
        app.MapGet("/sleep-first", SleepFirstAsync);
        app.MapGet("/sleep-later", SleepLaterAsync);
        app.MapGet("/result", BlockOnResult);
        app.MapGet("/good", static async () =>
        {
            await Task.Delay(80);
            return "good";
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        // The first request compiles the way to the endpoint, which takes as long as it takes.
        await client.GetStringAsync("/good");
        _reports.Clear();
        foreach (var path in new[] { "/sleep", "/sleep-first", "/sleep-later", "/result", "/good", "/good", "/good", "/good", "/good" })
            await client.GetStringAsync(path);
        await app.StopAsync();

        var reports = _reports.Where(static report => report.Kind != SlowCallbackKind.ThreadPoolDelay).ToArray();
        Assert.Contains(reports, static report => report.Kind == SlowCallbackKind.SlowCallback && report.Method == "HTTP: GET /sleep");
        Assert.Contains(reports,
            static report => report.Kind == SlowCallbackKind.SlowCallback && report.Method.StartsWith("HTTP: GET /sleep-first"));
        Assert.Contains(reports,
            static report => report.Kind == SlowCallbackKind.SlowCallback && report.Method == "SlowCallbackMonitorTests.SleepLaterAsync");
        var blocking = Assert.Single(reports, static report => report.Kind == SlowCallbackKind.BlockingWait);
        Assert.StartsWith("AsyncGuard.Diagnostics.SlowCallbackMonitorTests.BlockOnResult (SlowCallbackMonitorTests.cs:", blocking.Method);
        Assert.Contains("BlockOnResult", blocking.StackTrace);

        // A busy machine may hold up one request or another, but not each.
        Assert.True(reports.Count(static report => report.Method.Contains("/good")) < 5, string.Join(", ", reports.AsEnumerable()));
    }

    [Fact]
    public async Task RunAsync_SlowFirstStretch_IsReportedUnderItsName()
    {
        using var monitor = Start();
        await monitor.RunAsync(SleepAtOnceAsync);
        await monitor.RunAsync(SleepAtOnceAsync, "named");
        Assert.Equal(["SlowCallbackMonitorTests.SleepAtOnceAsync", "named"], _reports.Select(static report => report.Method));
        Assert.Matches(@"^Executing named took 0\.\d{3} seconds$", _reports.Last().ToString());
        Assert.True(_reports.Last().Duration >= Threshold);
    }

    [Fact]
    public async Task RunAsync_QuickCode_IsNotReportedAndItsExceptionPasses()
    {
        using var monitor = Start();
        await monitor.RunAsync(static async () => await Task.Yield());
        await Assert.ThrowsAsync<FormatException>(() => monitor.RunAsync(static () => throw new FormatException()));
        Assert.Empty(_reports);
        Assert.IsNotType<MonitoredContext>(SynchronizationContext.Current);
    }

    [Fact]
    public void RunAsync_OnAnEventLoop_ComesBackToIt()
    {
        using var monitor = Start();
        EventLoop.Run(async () =>
        {
            var thread = Environment.CurrentManagedThreadId;
            await monitor.RunAsync(async () =>
            {
                await Task.Run(static () => { });
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            });
        });
    }

    [Fact]
    public async Task Reports_GoToLogEventSourceAndMeter()
    {
        var logged = new ConcurrentQueue<string>();
        using var events = new Listener();
        using var meters = new MeterListener();
        var measured = new ConcurrentQueue<double>();
        meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "AsyncGuard") listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<double>((_, value, _, _) => measured.Enqueue(value));
        meters.Start();
        using var monitor = SlowCallbackMonitor.Start(new SlowCallbackOptions
        {
            Threshold = Threshold,
            HeartbeatInterval = Timeout.InfiniteTimeSpan,
            Log = (_, arguments) => logged.Enqueue((string)arguments[0]!),
        });
        monitor.Slow += static _ => throw new FormatException("ignored");
        monitor.Slow += _ => throw new FormatException("ignored");
        await monitor.RunAsync(SleepAtOnceAsync, "slow");
        Assert.Contains(events.Messages, static message => message.StartsWith("Executing slow took"));
        Assert.Equal(!Flavor.IsNetStandard, measured.Any(static value => value >= Threshold.TotalSeconds));
        Assert.StartsWith("Executing slow took", Assert.Single(logged));
    }

    [Fact]
    public async Task Probe_ThreadPoolBlocked_IsReportedWhileItLasts()
    {
        using var release = new ManualResetEventSlim();
        using var monitor = SlowCallbackMonitor.Start(new SlowCallbackOptions
        {
            HeartbeatInterval = TimeSpan.FromMilliseconds(10),
            ThreadPoolThreshold = TimeSpan.FromMilliseconds(30),
        });
        SlowCallbackInfo? seen = null;
        using var heard = new ManualResetEventSlim();
        monitor.Slow += info =>
        {
            if (info.Kind != SlowCallbackKind.ThreadPoolDelay) return;
            seen ??= info;
            heard.Set();
        };
        // Far more blocked work items than the pool has threads; released as soon as the report is there.
        var blocked = Enumerable.Range(0, 200).Select(_ => Task.Run(release.Wait)).ToArray();
        var thread = new Thread(() =>
        {
            heard.Wait(TimeSpan.FromSeconds(60));
            release.Set();
        });
        thread.Start();
        await Task.WhenAll(blocked);
        Assert.NotNull(seen);
        Assert.Equal("thread pool", seen.Method);
        Assert.Matches(
            @"^The thread pool has (not taken up work for|taken up work only after) [\d.]+ seconds: (\d+ work items queued, \d+ threads|\d+ threads busy)$",
                seen.Message);
    }

    [Fact]
    public async Task Probe_DelayIsOver_ItsTrueLengthIsReported()
    {
        using var monitor = SlowCallbackMonitor.Start(new SlowCallbackOptions
        {
            HeartbeatInterval = TimeSpan.FromMilliseconds(10),
            ThreadPoolThreshold = TimeSpan.FromMilliseconds(30),
        });
        var longest = TimeSpan.Zero;
        using var heard = new ManualResetEventSlim();
        monitor.Slow += info =>
        {
            if (info.Kind != SlowCallbackKind.ThreadPoolDelay || !info.Message.Contains("only after", StringComparison.Ordinal)) return;
            longest = info.Duration > longest ? info.Duration : longest;
            // The pool grows while it is blocked, so a probe may get through in between.
            if (longest >= TimeSpan.FromMilliseconds(150)) heard.Set();
        };
        using var release = new ManualResetEventSlim();
        var blocked = Enumerable.Range(0, 200).Select(_ => Task.Run(release.Wait)).ToArray();
        var thread = new Thread(() =>
        {
            heard.Wait(TimeSpan.FromSeconds(1));
            release.Set();
            heard.Wait(TimeSpan.FromSeconds(60));
        });
        thread.Start();
        await Task.WhenAll(blocked);
        thread.Join();
        Assert.True(longest >= TimeSpan.FromMilliseconds(150), $"{longest}");
    }

    [Fact]
    public void Names_OfTheProgramsOwnStatements_AreReadable()
    {
        Assert.Equal("Main (lambda)", CallbackName.Of(null, "<<Main>$>b__0_0"));
        Assert.Equal("Main.Work", CallbackName.Of(null, "<<Main>$>g__Work|0_1"));
        Assert.Equal("Load (lambda)", CallbackName.Of(null, "<Load>b__0_0"));
    }

    [Theory]
    [InlineData(
        "   at System.Threading.Tasks.Task.Wait()\n   at Shop.Basket.Total(Int32 x) in /src/Shop/Basket.cs:line 42\n   at Shop.Main()",
            "Shop.Basket.Total (Basket.cs:42)")]
    [InlineData("   bei System.Threading.Monitor.Wait(Object o)\r\n   bei Shop.Basket.Total(Int32 x) in C:\\src\\Basket.cs:Zeile 7.",
        "Shop.Basket.Total (Basket.cs:7.)")]
    [InlineData("   at System.Threading.Tasks.Task.Wait()\n   at System.Foo.Bar()", "System.Threading.Tasks.Task.Wait")]
    [InlineData("   at Shop.Basket.<>c.<Total>b__0_0(Int32 x) in /src/Basket.cs:line 3", "Shop.Basket.Total (lambda) (Basket.cs:3)")]
    [InlineData("   at Shop.Basket.<>c__DisplayClass4_0.<<TotalAsync>b__1>d.MoveNext() in /src/Basket.cs:line 3",
        "Shop.Basket.TotalAsync (lambda) (Basket.cs:3)")]
    [InlineData("   at Shop.Basket.<TotalAsync>d__4.MoveNext() in /src/Basket.cs:line 3", "Shop.Basket.TotalAsync (Basket.cs:3)")]
    [InlineData("   at Shop.Basket.<TotalAsync>g__Sum|4_0()", "Shop.Basket.TotalAsync.Sum")]
    [InlineData("   at Program.<>c.<<<Main>$>b__0_136>d.MoveNext() in /src/Program.cs:line 54", "Program.Main (lambda) (Program.cs:54)")]
    [InlineData("   at Program.<Main>$(String[] args)", "Program.Main")]
    [InlineData("   at Shop.Reader.MoveNext()", "Shop.Reader.MoveNext")]
    [InlineData("", "unknown")]
    [InlineData("nonsense\n  at\n  at nothing", "unknown")]
    public void BlockingFrame_StackTraceText_FindsTheUsersMethod(string stack, string expected) =>
    Assert.Equal(expected, BlockingFrame.Find(stack));

    [Fact]
    public void CallbackName_EachShape_NamesTheMethod()
    {
        Assert.Equal("callback", CallbackName.Of(null));
        Assert.Equal("SlowCallbackMonitorTests.SleepAtOnceAsync", CallbackName.Of((Func<Task>)SleepAtOnceAsync));
        Assert.Equal("SlowCallbackMonitorTests.CallbackName_EachShape_NamesTheMethod (lambda)", CallbackName.Of(() => { }));
        Assert.Equal("SlowCallbackMonitorTests.CallbackName_EachShape_NamesTheMethod.Local", CallbackName.Of(Local));

        static void Local()
        {
        }
    }

    private static async Task<string> SleepFirstAsync()
    {
        Thread.Sleep(80); // The culprit, before the first await.
        await Task.Yield();
        return "slept";
    }

    private static async Task<string> SleepLaterAsync()
    {
        await Task.Yield();
        Thread.Sleep(80); // The culprit.
        return "slept";
    }

    private static string BlockOnResult() => LaterAsync().Result;

    // Much longer than the threshold: the delay begins before the wait for it does.
    private static async Task<string> LaterAsync()
    {
        await Task.Delay(400);
        return "later";
    }

    private static Task SleepAtOnceAsync()
    {
        Thread.Sleep(60); // The culprit.
        return Task.CompletedTask;
    }

    private SlowCallbackMonitor Start()
    {
        var monitor =
            SlowCallbackMonitor.Start(new SlowCallbackOptions { Threshold = Threshold, HeartbeatInterval = Timeout.InfiniteTimeSpan });
        monitor.Slow += _reports.Enqueue;
        return monitor;
    }

    private sealed class Listener : EventListener
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "AsyncGuard") EnableEvents(eventSource, EventLevel.Warning);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => Messages.Enqueue((string)eventData.Payload![0]!);
    }

    [Fact]
    public async Task Threshold_Infinite_NothingIsReported()
    {
        using var monitor = SlowCallbackMonitor.Start(
            new SlowCallbackOptions { Threshold = Timeout.InfiniteTimeSpan, HeartbeatInterval = Timeout.InfiniteTimeSpan });
        var reports = 0;
        monitor.Slow += _ => reports++;
        await monitor.RunAsync(static () =>
        {
            Thread.Sleep(5);
            Task.Delay(5).Wait();
            return Task.CompletedTask;
        });
        Assert.Equal(0, reports);
    }

    [Fact]
    public void HeartbeatInterval_Zero_IsRefused()
        => Assert.Throws<ArgumentOutOfRangeException>(static () => new SlowCallbackOptions { HeartbeatInterval = TimeSpan.Zero });

    [Fact]
    public async Task RunAsync_CodeThatIsNotAsync_LeavesNothingBehindAndThrowsIntoTheTask()
    {
        using var monitor = SlowCallbackMonitor.Start(new SlowCallbackOptions { HeartbeatInterval = Timeout.InfiniteTimeSpan });
        var local = new AsyncLocal<int> { Value = 1 };
        await monitor.RunAsync(() =>
        {
            local.Value = 2;
            return Task.CompletedTask;
        });
        Assert.Equal(1, local.Value);
        (await Outcome.OfAsync(monitor.RunAsync(static () => throw new FormatException()))).FailsWith<FormatException>();
        (await Outcome.OfAsync(monitor.RunAsync(static () => null!))).FailsWith<InvalidOperationException>();
    }
}
