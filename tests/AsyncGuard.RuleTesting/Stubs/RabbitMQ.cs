// RabbitMQ.Client
using System;
using System.Threading;
using System.Threading.Tasks;

namespace RabbitMQ.Client;

// As of version 6, which has no awaitable members.
public interface IModel : IDisposable
{
    bool WaitForConfirms();
    bool WaitForConfirms(TimeSpan timeout);
    void WaitForConfirmsOrDie();
    void WaitForConfirmsOrDie(TimeSpan timeout);
    string QueueDeclare(string queue, bool durable, bool exclusive, bool autoDelete);
    void ExchangeDeclare(string exchange, string type);
    void QueueBind(string queue, string exchange, string routingKey);
    void BasicQos(uint prefetchSize, ushort prefetchCount, bool global);
    void BasicAck(ulong deliveryTag, bool multiple);
    uint QueuePurge(string queue);
    uint MessageCount(string queue);
}

// As of version 7.
public interface IChannel
{
    ValueTask BasicAckAsync(ulong deliveryTag, bool multiple, CancellationToken cancellationToken = default);
    ValueTask BasicNackAsync(ulong deliveryTag, bool multiple, bool requeue, CancellationToken cancellationToken = default);
    ValueTask BasicRejectAsync(ulong deliveryTag, bool requeue, CancellationToken cancellationToken = default);
}

public interface IConnection : IDisposable { IModel CreateModel(); }

public sealed class ConnectionFactory
{
    public IConnection CreateConnection() =>
    throw null!; public IConnection CreateConnection(string name) => throw null!;
}
