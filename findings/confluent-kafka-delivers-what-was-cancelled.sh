#!/usr/bin/env bash
# Confluent.Kafka 2.16.0: a ProduceAsync that its token ends has queued its message all the same, and the message is delivered, also when the token had fired before the call.
# The guess: a cancelled ProduceAsync has sent nothing, at least where the token has fired already; so the message may be produced again.
# Seen: with the broker that the client brings for tests, one call is cancelled while its message waits in the batch, another gets a token that has fired. Both tasks are Canceled, and the consumer reads both messages.
# Why the guess misses it: the message goes to the native client before the token is looked at, and there is no way back out of its queue. A retry after a cancellation writes twice, and what a stopped service did not mean to send is sent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Confluent.Kafka@2.16.0
using Confluent.Kafka;

Console.WriteLine($".NET {Environment.Version}, Confluent.Kafka {typeof(ProducerConfig).Assembly.GetName().Version}");
var configuration = new ProducerConfig { BootstrapServers = "127.0.0.1:1", LingerMs = 1500 };
configuration.Set("test.mock.num.brokers", "1");
using var producer = new ProducerBuilder<Null, string>(configuration).SetLogHandler((_, _) => { }).Build();
using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
var broker = admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
var partition = new TopicPartition("topic", 0);
await producer.ProduceAsync(partition, new Message<Null, string> { Value = "first" });
foreach (var limit in new[] { 300, 0 })
{
    using var source = new CancellationTokenSource(limit);
    var value = limit == 0 ? "token that has fired" : "token that fires";
    var task = producer.ProduceAsync(partition, new Message<Null, string> { Value = value }, source.Token);
    try
    {
        await task;
    }
    catch (OperationCanceledException exception)
    {
        Console.WriteLine($"{value}: {exception.GetType().Name}, {task.Status}");
    }
}

await producer.ProduceAsync(partition, new Message<Null, string> { Value = "last" });
using var consumer = new ConsumerBuilder<Ignore, string>(
    new ConsumerConfig { BootstrapServers = $"{broker.Host}:{broker.Port}", GroupId = "group" }).SetLogHandler((_, _) => { }).Build();
consumer.Assign(new TopicPartitionOffset(partition, Offset.Beginning));
var read = new List<string>();
for (var attempt = 0; attempt < 20 && !read.Contains("last"); attempt++)
{
    if (consumer.Consume(TimeSpan.FromSeconds(1)) is { } result) read.Add(result.Message.Value);
}

Console.WriteLine($"read: {string.Join(", ", read)}");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^token that fires: TaskCanceledException, Canceled' <<< "$output" || { echo "Changed: no line matches '^token that fires: TaskCanceledException, Canceled'"; exit 1; }
grep -qE '^token that has fired: TaskCanceledException, Canceled' <<< "$output" || { echo "Changed: no line matches '^token that has fired: TaskCanceledException, Canceled'"; exit 1; }
grep -qE '^read: first, token that fires, token that has fired, last' <<< "$output" || { echo "Changed: no line matches '^read: first, token that fires, token that has fired, last'"; exit 1; }
echo "As described."
