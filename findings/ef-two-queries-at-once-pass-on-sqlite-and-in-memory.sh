#!/usr/bin/env bash
# Entity Framework Core 10.0.15: two queries started at once on one DbContext do not fail on SQLite, nor on the in-memory provider.
# The guess: a test over SQLite shows the fault, with "A second operation was started on this context instance before a previous operation completed", as production does.
# Seen: Task.WhenAll over two queries of one context gives both results, a hundred times out of a hundred, with both providers. With an interceptor that really waits before each command, which is what a server across a network does, the same code throws InvalidOperationException.
# Why the guess misses it: the calls of these providers run in place, so that the first query is over when the second one begins. A test suite over them is blind to every context that is shared by tasks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.EntityFrameworkCore.Sqlite@10.0.15
#:package Microsoft.EntityFrameworkCore.InMemory@10.0.15
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

Console.WriteLine($".NET {Environment.Version}, EF Core {typeof(DbContext).Assembly.GetName().Version}");
await Show("SQLite", options => options.UseSqlite("Data Source=example.db"));
await Show("in memory", options => options.UseInMemoryDatabase("example"));
await Show("SQLite behind a wait", options => options.UseSqlite("Data Source=example.db").AddInterceptors(new Network()));

static async Task Show(string name, Action<DbContextOptionsBuilder<Store>> configure)
{
    var options = new DbContextOptionsBuilder<Store>();
    configure(options);
    await using var store = new Store(options.Options);
    await store.Database.EnsureCreatedAsync();
    var failed = 0;
    for (var i = 0; i < 100 && failed == 0; i++)
    {
        try
        {
            await Task.WhenAll(store.Orders.ToListAsync(), store.Orders.CountAsync());
        }
        catch (InvalidOperationException)
        {
            failed++;
        }

        // What the first one still does.
        await Task.Delay(name.EndsWith("wait") ? 300 : 0);
    }

    Console.WriteLine($"{name}: {(failed == 0 ? "no exception in 100 pairs" : "InvalidOperationException")}");
}

public sealed class Network : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await Task.Delay(50, cancellationToken);
        return result;
    }
}

public sealed class Order
{
    public int Id { get; set; }
}

public sealed class Store(DbContextOptions<Store> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^SQLite: no exception in 100 pairs' <<< "$output" || { echo "Changed: no line matches '^SQLite: no exception in 100 pairs'"; exit 1; }
grep -qE '^in memory: no exception in 100 pairs' <<< "$output" || { echo "Changed: no line matches '^in memory: no exception in 100 pairs'"; exit 1; }
grep -qE '^SQLite behind a wait: InvalidOperationException' <<< "$output" || { echo "Changed: no line matches '^SQLite behind a wait: InvalidOperationException'"; exit 1; }
echo "As described."
