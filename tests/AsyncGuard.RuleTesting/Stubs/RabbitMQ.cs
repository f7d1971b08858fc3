// RabbitMQ.Client
using System;

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

public interface IConnection : IDisposable { IModel CreateModel(); }

public sealed class ConnectionFactory
{
    public IConnection CreateConnection() =>
    throw null!; public IConnection CreateConnection(string name) => throw null!;
}
