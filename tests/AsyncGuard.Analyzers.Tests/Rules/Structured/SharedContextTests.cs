using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed class SharedContextTests : RuleTest<SharedContextAnalyzer>
{
    private static readonly RuleTestOptions Data =
        new()
        {
            Stubs = [Stubs.EntityFrameworkCore, Stubs.Dapper],
            ExtraUsings = ["Microsoft.EntityFrameworkCore", "System.Data", "System.Data.Common", "Dapper"]
        };

    private const string Members =
        """
        public class Order { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); public DbSet<Order> Old => Set<Order>(); }
        readonly Shop _db = null!;
        readonly IDbContextFactory<Shop> _factory = null!;
        readonly SemaphoreSlim _gate = new(1);
        Shop Fresh => _factory.CreateDbContext();
        Shop Kept { get; } = null!;
        Task<List<Order>> LoadOrdersAsync() => _db.Orders.ToListAsync();
        async Task<int> CountAsync() { return await _db.Orders.CountAsync(); }
        async Task<int> CountFreshAsync() { await using var db = _factory.CreateDbContext(); return await db.Orders.CountAsync(); }
        async Task<int> CountGatedAsync() { await _gate.WaitAsync(); try { return await _db.Orders.CountAsync(); } finally { _gate.Release(); } }
        static Task<int> StoreAsync(Shop db, int id) => db.SaveChangesAsync();
        Task OtherAsync() => Task.CompletedTask;

        """;

    private static string In(string code) =>
        Members +
        "async Task M(Shop db, Shop second, IDbConnection connection, DbCommand command, DbConnection plain, List<int> ids, CancellationToken token)\n{\n    await Task.Yield();\n    " +
        code + "\n}";

    [Theory]
    [InlineData("await Task.WhenAll(db.Orders.ToListAsync(), [|db.Old.ToListAsync()|]);")]
    [InlineData("await Task.WhenAll(db.Orders.CountAsync(token), OtherAsync(), [|db.Old.CountAsync(token)|]);")]
    [InlineData("await Task.WhenAll(new Task[] { db.Orders.ToListAsync(), [|db.Old.ToListAsync()|] });")]
    [InlineData("await Task.WhenAll(_db.Orders.Where(o => o.Id > 1).ToListAsync(), [|_db.Orders.AsNoTracking().ToListAsync()|]);")]
    [InlineData("var a = db.Orders.ToListAsync(); var b = [|db.Old.ToListAsync()|]; await Task.WhenAll(a, b);")]
    [InlineData("var a = db.Orders.ToListAsync(); var b = [|db.Old.ToListAsync()|]; await a; await b;")]
    [InlineData("var a = db.Orders.ToListAsync(); var b = await [|db.Old.ToListAsync()|]; await a;")]
    [InlineData("var a = db.Orders.CountAsync(); await [|db.SaveChangesAsync()|]; await a;")]
    [InlineData(
        "var a = db.Orders.CountAsync(); var b = [|db.Old.CountAsync()|]; var c = db.Orders.AnyAsync(); await Task.WhenAll(a, b, c);")]
    [InlineData("await Task.WhenAll(LoadOrdersAsync(), [|CountAsync()|]);")]
    [InlineData("await Task.WhenAll(LoadOrdersAsync(), [|_db.Old.ToListAsync()|]);")]
    [InlineData("await Task.WhenAll(StoreAsync(db, 1), [|StoreAsync(db, 2)|]);")]
    [InlineData("await Task.WhenAll(connection.QueryAsync<int>(\"a\"), [|connection.QueryAsync<int>(\"b\")|]);")]
    [InlineData("await Task.WhenAll(ids.Select([|async id => await db.Orders.FindAsync(id)|]));")]
    [InlineData("await Task.WhenAll(ids.Select([|id => db.Orders.FirstAsync(o => o.Id == id)|]));")]
    [InlineData("var all = ids.Select([|async id => { await db.SaveChangesAsync(); return id; }|]); await Task.WhenAll(all);")]
    [InlineData("var all = ids.Select([|async id => await StoreAsync(db, id)|]).ToList(); await Task.WhenAll(all);")]
    [InlineData("var all = ids.Select([|id => StoreAsync(db, id)|]).Where(t => t.Id > 0).ToList(); await Task.WhenAll(all);")]
    [InlineData("var all = ids.Select([|id => StoreAsync(db, id)|]).ToList().Where(t => t.Result > 0).ToList();")]
    [InlineData("await Parallel.ForEachAsync(ids, [|async (id, t) => { await db.Orders.FindAsync(id); }|]);")]
    [InlineData(
        "var all = new List<Task>(); foreach (var id in ids) all.Add([|db.Orders.FirstAsync(o => o.Id == id)|]); await Task.WhenAll(all);")]
    [InlineData(
        "var all = new List<Task>(); all.Add(db.Orders.ToListAsync()); all.Add([|db.Old.ToListAsync()|]); await Task.WhenAll(all);")]

    // Forms in public code: a dashboard, a page with its count, an import, a repository in a loop, a connection that is opened meanwhile.
    [InlineData(
        "var ordersTask = _db.Orders.AsNoTracking().ToListAsync(token); var countTask = [|_db.Orders.CountAsync(token)|]; var openTask = _db.Orders.CountAsync(o => o.Id > 3, token); await Task.WhenAll(ordersTask, countTask, openTask);")]
    [InlineData(
        "var query = db.Orders.Where(o => o.Id > 3); var total = query.CountAsync(token); var page = [|query.Skip(10).Take(10).ToListAsync(token)|]; await Task.WhenAll(total, page);")]
    [InlineData(
        "await Task.WhenAll(ids.Select([|async id => { var order = new Order { Id = id }; db.Orders.Add(order); await db.SaveChangesAsync(token); }|]));")]
    [InlineData("await Task.WhenAll(ids.Where(id => id > 0).Select([|id => StoreAsync(_db, id)|]));")]
    [InlineData("var reader = command.ExecuteReaderAsync(token); var rows = await [|command.ExecuteNonQueryAsync(token)|]; await reader;")]
    // What a connection makes works over the connection.
    [InlineData(
        "await Task.WhenAll(ids.Select([|async id => { using var c = plain.CreateCommand(); c.CommandText = \"x\" + id; await c.ExecuteNonQueryAsync(); }|]));")]
    [InlineData(
        "await Task.WhenAll(ids.Select([|async id => { await using (var c = plain.CreateCommand()) { await using var r = await c.ExecuteReaderAsync(token); await r.ReadAsync(); } }|]));")]
    [InlineData(
        "await Parallel.ForEachAsync(ids, token, [|async (id, t) => { await using var c = plain.CreateCommand(); await c.ExecuteNonQueryAsync(t); }|]);")]
    [InlineData(
        "using var x = plain.CreateCommand(); using var y = plain.CreateCommand(); await Task.WhenAll(x.ExecuteNonQueryAsync(), [|y.ExecuteNonQueryAsync()|]);")]
    [InlineData(
        "var x = plain.CreateCommand(); var y = plain.CreateCommand(); var a = x.ExecuteScalarAsync(); var b = [|y.ExecuteScalarAsync()|]; await Task.WhenAll(a, b);")]
    public Task Object_UsedByTwoTasks_IsReported(string code) => Reports(In(code), Data);

    [Theory]
    [InlineData(
        "await Task.WhenAll(ids.Select(async id => { await using var own = store.Open(); using var c = own.CreateCommand(); await c.ExecuteNonQueryAsync(); }));")]
    [InlineData(
        "using var x = plain.CreateCommand(); using var y = other.CreateCommand(); await Task.WhenAll(x.ExecuteNonQueryAsync(), y.ExecuteNonQueryAsync());")]
    [InlineData("using var x = plain.CreateCommand(); await x.ExecuteNonQueryAsync(); using var y = plain.CreateCommand(); await y.ExecuteNonQueryAsync();")]
    [InlineData("foreach (var id in ids) { using var c = plain.CreateCommand(); await c.ExecuteNonQueryAsync(); }")]
    public Task Commands_OfConnectionsOfTheirOwn_AreSilent(string code) => Silent(
        "interface IStore { DbConnection Open(); }\nasync Task M(IStore store, DbConnection plain, DbConnection other, List<int> ids) { await Task.Yield(); "
            + code + " }",
        Data);

    [Theory]
    [InlineData("await db.Orders.ToListAsync(); await db.Old.ToListAsync();")]
    [InlineData("var a = await db.Orders.ToListAsync(); var b = await db.Old.ToListAsync();")]
    [InlineData("await Task.WhenAll(db.Orders.ToListAsync(), second.Old.ToListAsync());")]
    [InlineData("await Task.WhenAll(db.Orders.ToListAsync(), OtherAsync());")]
    [InlineData("var a = db.Orders.ToListAsync(); await a; var b = db.Old.ToListAsync(); await b;")]
    [InlineData("var a = db.Orders.ToListAsync(); var n = (await a).Count; await db.SaveChangesAsync();")]
    [InlineData("await Task.WhenAll(CountFreshAsync(), CountFreshAsync());")]
    [InlineData("await Task.WhenAll(CountGatedAsync(), CountGatedAsync());")]
    [InlineData("await Task.WhenAll(Fresh.Orders.ToListAsync(), Fresh.Old.ToListAsync());")]
    [InlineData("await Task.WhenAll(_factory.CreateDbContext().Orders.ToListAsync(), _factory.CreateDbContext().Old.ToListAsync());")]
    [InlineData(
        "await Task.WhenAll(ids.Select(async id => { await using var own = _factory.CreateDbContext(); return await own.Orders.FindAsync(id); }));")]
    [InlineData("foreach (var load in ids.Select(async id => await db.Orders.FindAsync(id))) await load;")]
    [InlineData("foreach (var id in ids) await db.Orders.FindAsync(id);")]
    [InlineData(
        "await Task.WhenAll(ids.Select(async id => { await _gate.WaitAsync(); try { await db.Orders.FindAsync(id); } finally { _gate.Release(); } }));")]
    [InlineData(
        "await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 1 }, async (id, t) => { await db.Orders.FindAsync(id); });")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await OtherAsync(); return db.Orders; }));")]
    [InlineData(
        "var all = new List<Task>(); foreach (var id in ids) { var own = _factory.CreateDbContext(); all.Add(own.Orders.ToListAsync()); } await Task.WhenAll(all);")]

    // Forms in public code.
    [InlineData("if (ids.Count > 0) { var a = db.Orders.ToListAsync(); await a; } else { var b = db.Old.ToListAsync(); await b; }")]
    [InlineData("var orders = db.Orders.Select(o => o.Name); await OtherAsync(); var list = await orders.ToListAsync();")]
    [InlineData(
        "await plain.OpenAsync(token); await using var tx = await plain.BeginTransactionAsync(token); await tx.CommitAsync(token);")]
    [InlineData(
        "var names = ids.Select(async id => { await OtherAsync(); return id; }); await Task.WhenAll(names); await db.SaveChangesAsync(token);")]
    [InlineData("var some = ids.Select(id => StoreAsync(db, id)).Where(t => t.Result > 0).Select(t => t.Result).ToList();")]
    [InlineData("var save = db.SaveChangesAsync(token); Console.WriteLine(db.Orders); await save;")]
    public Task Object_UsedByOneAtATime_IsSilent(string code) => Silent(In(code), Data);

    // In an editor the members of other projects have code too, which is not of this compilation.
    [Fact]
    public Task MembersOfAReferencedProject_AreNotRead() => Reports(
        Members +
            "async Task M(Shop db) { var a = db.Orders.ToListAsync(); await [|Elsewhere.LoadAsync(db)|]; await a; await Task.WhenAll(Elsewhere.LoadAsync(this), Elsewhere.LoadAsync(this)); }",
        Data with
        {
            ReferencedProjects = [new ReferencedProject("Library",
            [("Elsewhere.cs",
                "public static class Elsewhere { public static async System.Threading.Tasks.Task LoadAsync(object o) { await System.Threading.Tasks.Task.Yield(); } }")])]
        });
}
