using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.Rules.Resources;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>
/// Entity Framework Core, where each provider that is referenced runs inside the process, or where another is referenced too.
/// </summary>
public static class InPlaceProviderTests
{
    private const string Model =
        "public class Item { public int Id; } public class Shop : DbContext { public DbSet<Item> Items => null!; } ";

    private static RuleTestOptions With(params string[] providers) => RuleTestOptions.Default with
    {
        Stubs = [Stubs.EntityFrameworkCore, .. providers],
        ExtraUsings = ["Microsoft.EntityFrameworkCore"],
    };

    private static string Unmarked(string source) => source.Replace("[|", "").Replace("|]", "");

    public sealed class Calls : RuleTest<BlockingCallAnalyzer>
    {
        [Theory]
        [InlineData("async Task M(Shop db) { [|db.SaveChanges()|]; await Task.Yield(); }")]
        [InlineData("async Task M(Shop db) { var x = [|db.Items.ToList()|]; await Task.Yield(); }")]
        [InlineData("async Task M(Shop db) { var x = [|db.Items.Where(i => i.Id > 1).FirstOrDefault()|]; await Task.Yield(); }")]
        [InlineData("async Task M(Shop db) { var x = [|db.Items.Find(1)|]; await Task.Yield(); }")]
        [InlineData(
            "async Task M(Own db) { [|db.SaveChanges()|]; await Task.Yield(); } class Own : Shop { public override int SaveChanges() => base.SaveChanges(); }")]
        public async Task Call_IsReported_ButForProvidersThatRunInPlace(string source)
        {
            await Reports(Model + source, With());
            await Reports(Model + source, With(Stubs.EntityFrameworkCorePostgres));
            await Reports(Model + source, With(Stubs.EntityFrameworkCoreSqlite, Stubs.EntityFrameworkCorePostgres));
            await Silent(Model + Unmarked(source), With(Stubs.EntityFrameworkCoreSqlite));
        }
    }

    public sealed class Primitives : RuleTest<BlockingPrimitiveAnalyzer>
    {
        [Fact]
        public Task Call_IsNoPrimitiveThen() =>
            Silent(Model + "async Task M(Shop db) { db.SaveChanges(); var x = db.Items.Find(1); await Task.Yield(); }",
                With(Stubs.EntityFrameworkCoreSqlite));
    }

    public sealed class Indirect : RuleTest<IndirectBlockingAnalyzer>
    {
        [Theory]
        [InlineData("async Task M(Shop db) { [|Save(db)|]; await Task.Yield(); } void Save(Shop db) => db.SaveChanges();")]
        [InlineData("async Task M(Shop db) { var n = [|Load(db)|]; await Task.Yield(); } Item Load(Shop db) => db.Items.First(i => i.Id == 1);")]
        public async Task Call_IsReported_ButForProvidersThatRunInPlace(string source)
        {
            await Reports(Model + source, With());
            await Silent(Model + Unmarked(source), With(Stubs.EntityFrameworkCoreSqlite));
        }
    }

    public sealed class Disposal : RuleTest<SynchronousDisposeAnalyzer>
    {
        [Theory]
        [InlineData("async Task M() { [|using|] var db = new Shop(); await Task.Yield(); }")]
        public async Task Context_IsReported_ButForProvidersThatRunInPlace(string source)
        {
            await Reports(Model + source, With());
            await Silent(Model + Unmarked(source), With(Stubs.EntityFrameworkCoreSqlite));
        }
    }
}
