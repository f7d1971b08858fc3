using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingCallTests
{
    [Theory]
    [InlineData(
        "async Task M(Synchronous c) { c.ExecuteNonQuery(); c.ExecuteScalar(); using var r = c.ExecuteReader(); c.Prepare(); await Task.Yield(); }")]
    [InlineData("async Task M(SynchronousTransaction t) { t.Commit(); t.Rollback(); await Task.Yield(); }")]
    [InlineData("async Task M(Derived c) { c.ExecuteNonQuery(); await Task.Yield(); } class Derived : Synchronous { }")]
    public Task Counterpart_InheritedFromABaseThatRunsInPlace_IsSilent(string source) =>
    Silent(source + Providers.Source, Providers.Options);

    [Theory]
    [InlineData("async Task M(DbCommand c) { [|c.ExecuteNonQuery()|]; using var r = [|c.ExecuteReader()|]; await Task.Yield(); }")]
    [InlineData("async Task M(DbTransaction t) { [|t.Commit()|]; await Task.Yield(); }")]
    [InlineData("async Task M(AnyCommand c) { [|c.ExecuteNonQuery()|]; await Task.Yield(); } abstract class AnyCommand : Synchronous { }")]
    [InlineData("async Task M<T>(T c) where T : DbCommand { [|c.ExecuteNonQuery()|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(Asynchronous c) { [|c.ExecuteNonQuery()|]; using var r = [|c.ExecuteReader()|]; c.ExecuteScalar(); await Task.Yield(); }")]
    [InlineData("async Task M(Derived c) { using var r = [|c.ExecuteReader()|]; await Task.Yield(); } class Derived : Asynchronous { }")]
    [InlineData("async Task M(Hiding c) { using var r = [|c.ExecuteReader()|]; await Task.Yield(); }")]
    public Task Counterpart_OfAnUnknownOrOverridingProvider_IsReported(string source) =>
    Reports(source + Providers.Source, Providers.Options);

    [Theory]
    [InlineData("async Task M(Confluent.Kafka.IProducer<int, int> p) { p.Produce(\"t\", new()); await Task.Yield(); }",
        Stubs.ConfluentKafka)]
    [InlineData("async Task M(NetMQ.NetMQSocket s) { s.ReceiveFrameString(); s.ReceiveMultipartMessage(); await Task.Yield(); }",
        Stubs.NetMQ, "NetMQ")]
    [InlineData(
        "async Task M(MySql.Data.MySqlClient.MySqlDataAdapter a, System.Data.DataTable t) { a.Fill(t); a.Update(t); await Task.Yield(); }",
            Stubs.MySqlData)]
    [InlineData("async Task M(MySql.Data.MySqlClient.MySqlScript s) { s.Execute(); await Task.Yield(); }", Stubs.MySqlData)]
    [InlineData("async Task M(string p) { MiniExcelLibs.MiniExcel.Query(p); await Task.Yield(); }", Stubs.MiniExcel)]
    [InlineData("async Task M(MiniExcelLibs.MiniExcelDataReaderBase r) { r.Read(); await Task.Yield(); }", Stubs.MiniExcel)]
    [InlineData("async Task M(SixLabors.ImageSharp.Image i, string p) { i.SaveAsPng(p); i.Save(p); await Task.Yield(); }",
        Stubs.ImageSharp, "SixLabors.ImageSharp")]
    [InlineData("async Task M(MongoDB.Driver.IMongoClient c) { using var s = c.StartSession(); await Task.Yield(); }", Stubs.MongoDBDriver)]
    [InlineData("async Task M(Scriban.Template t) { t.Render(); await Task.Yield(); }", Stubs.Scriban)]
    [InlineData("async Task M(Fluid.IFluidTemplate t, Fluid.TemplateContext c) { t.Render(c); await Task.Yield(); }", Stubs.Fluid, "Fluid")]
    [InlineData("async Task M(Jint.Engine e) { e.Evaluate(\"1\"); await Task.Yield(); }", Stubs.Jint)]
    [InlineData("async Task M(System.Data.SQLite.SQLiteConnection c) { c.Open(); await Task.Yield(); }", Stubs.SystemDataSqlite)]
    [InlineData("async Task M(DuckDB.NET.Data.DuckDBCommand c) { c.ExecuteNonQuery(); await Task.Yield(); }", Stubs.DuckDB)]
    public Task Counterpart_OfAPackageThatMeansAnotherThing_IsSilent(string source, string stub, string imported = "System") =>
        Silent(source, RuleTestOptions.Default with { Stubs = [stub], ExtraUsings = imported == "System" ? [] : [imported] });

    [Theory]
    [InlineData("async Task M(MongoDB.Driver.IMongoCollection<int> c) { using var r = [|c.FindSync(x => x == 1)|]; await Task.Yield(); }",
        Stubs.MongoDBDriver)]
    [InlineData("async Task M(string c) { var x = [|MySql.Data.MySqlClient.MySqlHelper.ExecuteScalar(c, c)|]; await Task.Yield(); }",
        Stubs.MySqlData)]
    [InlineData("async Task M(Stream s) { using var i = [|SixLabors.ImageSharp.Image.Load(s)|]; await Task.Yield(); }", Stubs.ImageSharp)]
    public Task Counterpart_OfAPackageThatIsReal_IsReported(string source, string stub) =>
        Reports(source, RuleTestOptions.Default with { Stubs = [stub] });
}
