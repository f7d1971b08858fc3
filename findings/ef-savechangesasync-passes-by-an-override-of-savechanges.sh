#!/usr/bin/env bash
# EF Core 10.0.15: SaveChangesAsync calls neither an override of SaveChanges nor the synchronous members of an interceptor.
# The guess: what overrides SaveChanges(bool), or SavingChanges of an interceptor, to write an audit is run by the awaitable form too, since both do the same and the base class leads one to the other.
# Seen: after SaveChanges the override, the interceptor and the interceptor of commands have run; after SaveChangesAsync none of them, without an exception.
# Why the guess misses it: the base of each awaitable member hands its argument back, and SaveChangesAsync has a way of its own. To await SaveChanges in async code, as analyzers ask for, takes the audit away unless both forms are overridden.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.EntityFrameworkCore.Sqlite@10.0.15
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

Console.WriteLine($".NET {Environment.Version}, EF Core {typeof(DbContext).Assembly.GetName().Version}");
using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
await using var shop = new Shop(connection);
await shop.Database.EnsureCreatedAsync();
shop.Add(new Order());
shop.SaveChanges();
Console.WriteLine($"SaveChanges: override {shop.Overridden}, interceptor {shop.Audit.Saved}, of commands {shop.Audit.Commands > 0}");
shop.Overridden = shop.Audit.Saved = shop.Audit.Commands = 0;
shop.Add(new Order());
await shop.SaveChangesAsync();
Console.WriteLine($"SaveChangesAsync: override {shop.Overridden}, interceptor {shop.Audit.Saved}, of commands {shop.Audit.Commands > 0}");

public sealed class Order { public int Id { get; set; } }
public sealed class Audit : SaveChangesInterceptor
{
    public int Saved, Commands;
    public override InterceptionResult<int> SavingChanges(DbContextEventData data, InterceptionResult<int> result)
    {
        Saved++;
        return base.SavingChanges(data, result);
    }
}
public sealed class CommandAudit(Audit audit) : DbCommandInterceptor
{
    public override InterceptionResult<System.Data.Common.DbDataReader> ReaderExecuting(System.Data.Common.DbCommand command, CommandEventData data, InterceptionResult<System.Data.Common.DbDataReader> result)
    {
        audit.Commands++;
        return base.ReaderExecuting(command, data, result);
    }
}
public sealed class Shop(SqliteConnection connection) : DbContext
{
    public int Overridden;
    public Audit Audit { get; } = new();
    public DbSet<Order> Orders => Set<Order>();
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection).AddInterceptors(Audit, new CommandAudit(Audit));
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Overridden++;
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^SaveChanges: override 1, interceptor 1, of commands True' <<< "$output" || { echo "Changed: no line matches '^SaveChanges: override 1, interceptor 1, of commands True'"; exit 1; }
grep -qE '^SaveChangesAsync: override 0, interceptor 0, of commands False' <<< "$output" || { echo "Changed: no line matches '^SaveChangesAsync: override 0, interceptor 0, of commands False'"; exit 1; }
echo "As described."
