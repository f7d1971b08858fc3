using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingPrimitiveTests
{
    [Theory]
    [InlineData(
        "async Task M(Synchronous c) { [|c.ExecuteNonQuery()|]; [|c.ExecuteScalar()|]; using var r = [|c.ExecuteReader()|]; await Task.Yield(); }")]
    [InlineData("async Task M(Synchronous c) { [|c.Prepare()|]; await Task.Yield(); }")]
    [InlineData("async Task M(SynchronousTransaction t) { [|t.Commit()|]; [|t.Rollback()|]; [|t.Save(\"a\")|]; await Task.Yield(); }")]
    [InlineData("async Task M(Derived c) { [|c.ExecuteNonQuery()|]; await Task.Yield(); } class Derived : Synchronous { }")]
    [InlineData("async Task M(Asynchronous c) { [|c.ExecuteScalar()|]; [|c.Prepare()|]; await Task.Yield(); }")]
    public Task Call_WhoseCounterpartIsInheritedAndRunsInPlace_IsReported(string source) =>
    Reports(source + Providers.Source, Providers.Options);

    [Theory]
    [InlineData("async Task M(DbCommand c, DbTransaction t) { c.ExecuteNonQuery(); c.ExecuteReader(); t.Commit(); await Task.Yield(); }")]
    [InlineData("async Task M(Asynchronous c) { c.ExecuteNonQuery(); c.ExecuteReader(); await Task.Yield(); }")]
    [InlineData("async Task M(Hiding c) { c.ExecuteReader(); await Task.Yield(); }")]
    [InlineData("async Task M(AnyCommand c) { c.ExecuteNonQuery(); await Task.Yield(); } abstract class AnyCommand : Synchronous { }")]
    [InlineData("async Task M(System.Data.DataTableReader r) { while (r.Read()) { } r.NextResult(); await Task.Yield(); }")]
    public Task Call_OfAnUnknownOrOverridingProvider_IsSilent(string source) => Silent(source + Providers.Source, Providers.Options);

    [Theory]
    [InlineData(
        "async Task M(Microsoft.Data.Sqlite.SqliteConnection c, Microsoft.Data.Sqlite.SqliteTransaction t) { c.Open(); t.Commit(); await Task.Yield(); }",
            Stubs.MicrosoftDataSqlite)]
    [InlineData(
        "async Task M(System.Data.SQLite.SQLiteConnection c, System.Data.SQLite.SQLiteCommand d) { c.Open(); d.ExecuteNonQuery(); d.ExecuteReader(); await Task.Yield(); }",
            Stubs.SystemDataSqlite)]
    [InlineData(
        "async Task M(DuckDB.NET.Data.DuckDBConnection c, DuckDB.NET.Data.DuckDBTransaction t) { c.Open(); t.Commit(); await Task.Yield(); }",
            Stubs.DuckDB)]
    [InlineData(
        "async Task M(Confluent.Kafka.IConsumer<int, int> c) { c.Consume(TimeSpan.Zero); c.Consume(0); c.Subscribe(\"t\"); await Task.Yield(); }",
            Stubs.ConfluentKafka)]
    [InlineData("async Task M(Confluent.Kafka.IProducer<int, int> p) { p.Produce(\"t\", new()); await p.ProduceAsync(\"t\", new()); }",
        Stubs.ConfluentKafka)]
    [InlineData("async Task M(IObservable<int> o) { System.Reactive.Linq.Observable.Where(o, x => x > 1); await Task.Yield(); }",
        Stubs.SystemReactive)]
    [InlineData("async Task M() { NLog.LogManager.GetLogger(\"a\"); await Task.Yield(); }", Stubs.NLog)]
    public Task Call_OfPackage_ThatHasNothingToWaitFor_IsSilent(string source, string stub) =>
    Silent(source, RuleTestOptions.Default with { Stubs = [stub] });

    [Theory]
    [InlineData(
        "async Task M(Confluent.Kafka.IConsumer<int, int> c, CancellationToken t) { [|c.Consume(t)|]; [|c.Consume(100)|]; [|c.Commit()|]; [|c.Close()|]; await Task.Yield(); }",
            Stubs.ConfluentKafka)]
    [InlineData("async Task M(Confluent.Kafka.IProducer<int, int> p) { [|p.Flush(TimeSpan.FromSeconds(5))|]; await Task.Yield(); }",
        Stubs.ConfluentKafka)]
    [InlineData("async Task M(Confluent.Kafka.IAdminClient a) { [|a.GetMetadata(TimeSpan.FromSeconds(5))|]; await Task.Yield(); }",
        Stubs.ConfluentKafka)]
    [InlineData("async Task M(NetMQ.NetMQPoller p) { [|p.Run()|]; await Task.Yield(); }", Stubs.NetMQ)]
    [InlineData(
        "async Task M(NetMQ.NetMQSocket s) { [|s.ReceiveFrameString()|]; [|s.ReceiveFrameBytes()|]; [|s.ReceiveMultipartMessage()|]; await Task.Yield(); }",
            Stubs.NetMQ, "NetMQ")]
    [InlineData(
        "async Task M(NetMQ.NetMQSocket s) { [|s.TryReceiveFrameString(TimeSpan.FromSeconds(1), out _)|]; s.TryReceiveFrameString(out _); await Task.Yield(); }",
            Stubs.NetMQ, "NetMQ")]
    [InlineData("async Task M(IObservable<int> o) { [|o.Wait()|]; [|o.First()|]; [|o.LastOrDefault()|]; await Task.Yield(); }",
        Stubs.SystemReactive, "System.Reactive.Linq")]
    [InlineData("async Task M(IObservable<int> o) { foreach (var x in [|o.ToEnumerable()|]) await Task.Delay(x); }", Stubs.SystemReactive,
        "System.Reactive.Linq")]
    [InlineData("async Task M() { [|NLog.LogManager.Flush()|]; [|NLog.LogManager.Shutdown()|]; await Task.Yield(); }", Stubs.NLog)]
    [InlineData("async Task M(OpenTelemetry.Trace.TracerProvider p) { [|p.ForceFlush(500)|]; await Task.Yield(); }", Stubs.OpenTelemetry,
        "OpenTelemetry.Trace")]
    [InlineData("async Task M(string p) { foreach (var row in [|MiniExcelLibs.MiniExcel.Query<object>(p)|]) await Task.Yield(); }",
        Stubs.MiniExcel)]
    [InlineData(
        "async Task M(MySql.Data.MySqlClient.MySqlDataAdapter a, System.Data.DataTable t) { [|a.Fill(t)|]; [|a.Update(t)|]; await Task.Yield(); }",
            Stubs.MySqlData)]
    [InlineData("async Task M(string c) { [|MySql.Data.MySqlClient.MySqlHelper.ExecuteDataset(c, c)|]; await Task.Yield(); }",
        Stubs.MySqlData)]
    [InlineData("async Task M(string a) { [|LibGit2Sharp.Repository.Clone(a, a)|]; await Task.Yield(); }", Stubs.LibGit2Sharp)]
    [InlineData("async Task M(StackExchange.Redis.IServer s) { foreach (var k in [|s.Keys()|]) await Task.Yield(); }",
        Stubs.StackExchangeRedis)]
    public Task Call_OfPackage_ThatWaits_IsReported(string source, string stub, string imported = "System") =>
        Reports(source, RuleTestOptions.Default with { Stubs = [stub], ExtraUsings = imported == "System" ? [] : [imported] });
}
