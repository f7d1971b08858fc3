// NetMQ
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace NetMQ;

public interface IReceivingSocket { }

public class NetMQSocket : IReceivingSocket, IDisposable
{
    public void Dispose() { }
}

public class NetMQMessage { }

public static class ReceivingSocketExtensions
{
    public static byte[] ReceiveFrameBytes(this IReceivingSocket socket) => throw null!;
    public static string ReceiveFrameString(this IReceivingSocket socket) => throw null!;
    public static bool TryReceiveFrameString(this IReceivingSocket socket, out string? frameString) => throw null!;
    public static bool TryReceiveFrameString(this IReceivingSocket socket, TimeSpan timeout, out string? frameString) => throw null!;
    public static List<byte[]> ReceiveMultipartBytes(this IReceivingSocket socket, int expectedFrameCount = 4) => throw null!;
    public static List<string> ReceiveMultipartStrings(this IReceivingSocket socket, int expectedFrameCount = 4) => throw null!;
    public static NetMQMessage ReceiveMultipartMessage(this IReceivingSocket socket, int expectedFrameCount = 4) => throw null!;
}

public static class AsyncReceiveExtensions
{
    public static Task<(string, bool)> ReceiveFrameStringAsync(this NetMQSocket socket, CancellationToken cancellationToken = default) =>
        throw null!;
    public static Task<(byte[], bool)> ReceiveFrameBytesAsync(this NetMQSocket socket, CancellationToken cancellationToken = default) =>
        throw null!;
    public static Task<NetMQMessage> ReceiveMultipartMessageAsync(this NetMQSocket socket, int expectedFrameCount = 4,
        CancellationToken cancellationToken = default) => throw null!;
}

public class NetMQPoller : IDisposable
{
    public void Run() { }
    public void RunAsync() { }
    public void Dispose() { }
}
