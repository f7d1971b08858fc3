using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>The other helpers against what .NET has.</summary>
public class Toolbox
{
    private readonly CancellationTokenSource _source = new();

    [Benchmark]
    public async Task ShieldWaitAsync()
    {
        var inner = new TaskCompletionSource();
        var wait = Shield.WaitAsync(inner.Task, _source.Token);
        inner.SetResult();
        await wait;
    }

    [Benchmark]
    public async Task TaskWaitAsync()
    {
        var inner = new TaskCompletionSource();
        var wait = inner.Task.WaitAsync(_source.Token);
        inner.SetResult();
        await wait;
    }

    [Benchmark]
    public async Task<int> QueuePutGet1000()
    {
        var queue = new AsyncWorkQueue<int>(16);
        var sum = 0;
        var producer = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++) await queue.PutAsync(i);
            queue.Shutdown();
        });
        await foreach (var item in queue.ReadAllAsync()) sum += item;
        await producer;
        return sum;
    }

    [Benchmark]
    public async Task<int> ChannelPutGet1000()
    {
        var channel = Channel.CreateBounded<int>(16);
        var sum = 0;
        var producer = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++) await channel.Writer.WriteAsync(i);
            channel.Writer.Complete();
        });
        await foreach (var item in channel.Reader.ReadAllAsync()) sum += item;
        await producer;
        return sum;
    }

    [Benchmark]
    public void EventLoopCallSoon10000() => EventLoop.Run(static async () =>
    {
        var loop = EventLoop.Current!;
        var done = new TaskCompletionSource();
        var left = 10_000;
        for (var i = 0; i < 10_000; i++)
        {
            loop.CallSoon(() =>
            {
                if (--left == 0) done.SetResult();
            });
        }

        await done.Task;
    });

    [Benchmark]
    public void EventLoopCallLater1000000() => EventLoop.Run(static async () =>
    {
        var loop = EventLoop.Current!;
        var done = new TaskCompletionSource();
        var left = 1_000_000;
        Action callback = () =>
        {
            if (--left == 0) done.SetResult();
        };
        for (var i = 0; i < 1_000_000; i++) loop.CallLater(TimeSpan.FromTicks(i % 1000), callback);
        await done.Task;
    });
}
