// Confluent.Kafka
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Confluent.Kafka;

public class ConsumeResult<TKey, TValue> { }

public class DeliveryReport<TKey, TValue> : DeliveryResult<TKey, TValue> { }

public class DeliveryResult<TKey, TValue> { }

public class Message<TKey, TValue> { }

public class Metadata { }

public class GroupInfo { }

public class TopicPartitionOffset { }

public class TopicPartition { }

public class WatermarkOffsets { }

public interface IClient : IDisposable { }

public interface IConsumer<TKey, TValue> : IClient
{
    ConsumeResult<TKey, TValue> Consume(int millisecondsTimeout);
    ConsumeResult<TKey, TValue> Consume(CancellationToken cancellationToken = default);
    ConsumeResult<TKey, TValue> Consume(TimeSpan timeout);
    void Subscribe(string topic);
    void StoreOffset(ConsumeResult<TKey, TValue> result);
    List<TopicPartitionOffset> Commit();
    void Commit(ConsumeResult<TKey, TValue> result);
    List<TopicPartitionOffset> Committed(TimeSpan timeout);
    List<TopicPartitionOffset> OffsetsForTimes(IEnumerable<TopicPartitionOffset> timestampsToSearch, TimeSpan timeout);
    WatermarkOffsets QueryWatermarkOffsets(TopicPartition topicPartition, TimeSpan timeout);
    void Close();
}

public interface IProducer<TKey, TValue> : IClient
{
    Task<DeliveryResult<TKey, TValue>> ProduceAsync(string topic, Message<TKey, TValue> message,
        CancellationToken cancellationToken = default);
    void Produce(string topic, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler = null);
    int Flush(TimeSpan timeout);
    void Flush(CancellationToken cancellationToken = default);
    void InitTransactions(TimeSpan timeout);
    void CommitTransaction(TimeSpan timeout);
    void CommitTransaction();
}

public interface IAdminClient : IClient
{
    Metadata GetMetadata(TimeSpan timeout);
    List<GroupInfo> ListGroups(TimeSpan timeout);
}
