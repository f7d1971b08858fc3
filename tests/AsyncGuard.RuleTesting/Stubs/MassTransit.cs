// MassTransit.Abstractions
using System.Threading;
using System.Threading.Tasks;

namespace MassTransit;

public interface PipeContext
{
    CancellationToken CancellationToken { get; }
}

public interface ConsumeContext : PipeContext { }

public interface ConsumeContext<out T> : ConsumeContext where T : class
{
    T Message { get; }
}

public interface IConsumer<in T> where T : class
{
    Task Consume(ConsumeContext<T> context);
}
