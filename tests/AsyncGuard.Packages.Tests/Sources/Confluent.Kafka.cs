using Confluent.Kafka;

class Uses
{
    static async Task Directly(IConsumer<string, string> consumer, IProducer<string, string> producer, IAdminClient admin, CancellationToken token)
    {
        consumer.Subscribe("topic");
        var result = consumer.Consume(token); //! AGD0104
        var soon = consumer.Consume(TimeSpan.Zero);
        consumer.StoreOffset(result);
        producer.Produce("topic", new Message<string, string> { Value = "v" });
        await producer.ProduceAsync("topic", new Message<string, string> { Value = "v" }); //! AGD0301
        producer.Flush(TimeSpan.FromSeconds(5)); //! AGD0104
        var metadata = admin.GetMetadata(TimeSpan.FromSeconds(5)); //! AGD0104
        consumer.Commit(result); //! AGD0104
        consumer.Close(); //! AGD0104
    }

    static async Task Through(IConsumer<string, string> consumer)
    {
        Next(consumer); //! AGD0105
        await Task.Yield();
    }

    static ConsumeResult<string, string> Next(IConsumer<string, string> consumer) => consumer.Consume(1000);
}
