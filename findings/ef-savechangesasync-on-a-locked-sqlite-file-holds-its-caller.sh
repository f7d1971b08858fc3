#!/usr/bin/env bash
# EF Core 10.0.15 on SQLite: SaveChangesAsync with a token, while another connection writes, holds its caller until the time-out of the command.
# The guess: waiting for the lock is what is awaited; the caller has its thread back, and the token ends the wait.
# Seen, with a time-out of three seconds and a token that fires after one: the call returns after three seconds, complete, as a DbUpdateException with a SqliteException; the token has fired and was not looked at.
# Why the guess misses it: SQLite has no wait that could be awaited, so the provider tries again with Thread.Sleep in between, inside the call, thirty seconds by default. A few requests that write at once hold a few threads of the pool, sleeping.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.EntityFrameworkCore.Sqlite@10.0.15
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

Console.WriteLine($".NET {Environment.Version}, EF Core {typeof(DbContext).Assembly.GetName().Version}");
var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".db");
try
{
    await using var shop = new Shop(file);
    await shop.Database.EnsureCreatedAsync();
    shop.Add(new Order());
    await shop.SaveChangesAsync();
    using var other = new SqliteConnection($"Data Source={file}");
    other.Open();
    using var begin = other.CreateCommand();
    begin.CommandText = "BEGIN IMMEDIATE";
    begin.ExecuteNonQuery();
    shop.Add(new Order());
    using var source = new CancellationTokenSource(1000);
    var watch = Stopwatch.StartNew();
    var task = shop.SaveChangesAsync(source.Token);
    var held = watch.ElapsedMilliseconds;
    try
    {
        await task;
        Console.WriteLine("saved");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{exception.GetType().Name} with {exception.InnerException?.GetType().Name}");
    }

    Console.WriteLine($"the call held its caller for {(held > 0.9 * watch.ElapsedMilliseconds ? "all" : "a part")} of the time, {(watch.ElapsedMilliseconds > 2500 ? "three seconds, the time-out of the command" : "less than the time-out")}; the token had fired: {source.IsCancellationRequested}");
}
finally
{
    SqliteConnection.ClearAllPools();
    File.Delete(file);
}
public sealed class Order { public int Id { get; set; } }
public sealed class Shop(string file) : DbContext
{
    public DbSet<Order> Orders => Set<Order>();
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={file}", sqlite => sqlite.CommandTimeout(3));
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^DbUpdateException with SqliteException' <<< "$output" || { echo "Changed: no line matches '^DbUpdateException with SqliteException'"; exit 1; }
grep -qE '^the call held its caller for all of the time, three seconds, the time-out of the command; the token had fired: True' <<< "$output" || { echo "Changed: no line matches '^the call held its caller for all of the time, three seconds, the time-out of the command; the token had fired: True'"; exit 1; }
echo "As described."
