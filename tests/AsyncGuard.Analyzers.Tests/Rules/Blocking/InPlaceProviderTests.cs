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

        [Theory]
        [InlineData("async Task M(IServiceProvider p) { [|using|] var s = p.CreateScope(); var db = s.ServiceProvider.GetRequiredService<Shop>(); await Task.Yield(); }")]
        [InlineData("async Task M(IServiceProvider p) { [|using|] var s = p.CreateScope(); var db = s.ServiceProvider.GetService<Shop>(); await Task.Yield(); }")]
        [InlineData("async Task M(IServiceScopeFactory f) { [|using|] (var s = f.CreateScope()) { var db = (Shop)s.ServiceProvider.GetService(typeof(Shop))!; await Task.Yield(); } }")]
        [InlineData("async Task M(IServiceScopeFactory f) { [|using|] IServiceScope s = f.CreateScope(); await s.ServiceProvider.GetRequiredService<Shop>().SaveChangesAsync(); }")]
        public async Task ScopeOfContexts_IsReported_ButForProvidersThatRunInPlace(string source)
        {
            await Reports(Model + source, Scopes(Stubs.EntityFrameworkCorePostgres));
            await Silent(Model + Unmarked(source), Scopes(Stubs.EntityFrameworkCoreSqlite));
        }

        [Theory]
        [InlineData("[|using|] var s = p.CreateScope(); await Task.Yield();")]
        [InlineData("[|using|] var s = p.CreateScope(); var x = s.ServiceProvider.GetRequiredService<Store>(); await Task.Yield();")]
        [InlineData("[|using|] var s = p.CreateScope(); var db = s.ServiceProvider.GetRequiredService<Shop>(); var x = s.ServiceProvider.GetService<Store>(); await Task.Yield();")]
        [InlineData("[|using|] var s = p.CreateScope(); var q = s.ServiceProvider; var db = q.GetRequiredService<Shop>(); await Task.Yield();")]
        [InlineData("[|using|] var s = p.CreateScope(); Use(s); var db = s.ServiceProvider.GetRequiredService<Shop>(); await Task.Yield();")]
        [InlineData("[|using|] var s = p.CreateScope(); var all = s.ServiceProvider.GetServices<Shop>(); await Task.Yield();")]
        [InlineData("[|using|] var s = p.CreateScope(); Take(s.ServiceProvider); await Task.Yield();")]
        public Task ScopeOfOtherServices_IsReported_WhateverTheProvider(string body) => Reports(
            Model + "class Store { } void Use(IServiceScope s) { } Shop Take(IServiceProvider p) => null!; async Task M(IServiceProvider p) { " + body + " }",
            Scopes(Stubs.EntityFrameworkCoreSqlite));

        private static RuleTestOptions Scopes(string provider) => With(provider) with
        {
            References = ReferenceSet.AspNetCore,
            ExtraUsings = ["Microsoft.EntityFrameworkCore", "Microsoft.Extensions.DependencyInjection"],
        };
    }
}
