// Azure.Messaging.ServiceBus
using System.Threading;
using System.Threading.Tasks;
using Message = Azure.Messaging.ServiceBus.ServiceBusReceivedMessage;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusReceivedMessage
{
}

public class ServiceBusReceiver
{
    public virtual Task CompleteMessageAsync(Message message, CancellationToken token = default) => throw null!;
    public virtual Task AbandonMessageAsync(Message message, CancellationToken token = default) => throw null!;
    public virtual Task DeadLetterMessageAsync(Message message, CancellationToken token = default) => throw null!;
}

public class ProcessMessageEventArgs
{
    public virtual Task CompleteMessageAsync(Message message, CancellationToken token = default) => throw null!;
    public virtual Task AbandonMessageAsync(Message message, CancellationToken token = default) => throw null!;
    public virtual Task DeadLetterMessageAsync(Message message, CancellationToken token = default) => throw null!;
}
