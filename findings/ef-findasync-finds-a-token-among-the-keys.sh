#!/usr/bin/env bash
# Microsoft.EntityFrameworkCore 10.0.15: FindAsync(1, token) binds to 'params object[] keyValues' and works all the same.
# The guess: the token is taken for a second key value, and the call throws because the entity has one key.
# Seen: the entity is found; and a token that is cancelled already does not stop FindAsync where the entity is tracked, nor SaveChangesAsync where there is nothing to save.
# Why the guess misses it: EF Core looks for a trailing CancellationToken among the key values. An analyzer that sees the overload cannot know that the token arrives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.EntityFrameworkCore.InMemory@10.0.15
using Microsoft.EntityFrameworkCore;

await using var db = new Db();
db.Add(new Item { Id = 1 });
await db.SaveChangesAsync();
using var stop = new CancellationTokenSource();
Console.WriteLine($"EF Core {typeof(DbContext).Assembly.GetName().Version}");
Console.WriteLine("FindAsync(1, token): found " + (await db.Items.FindAsync(1, stop.Token))?.Id);
stop.Cancel();
await Try("FindAsync, tracked", async () => await db.Items.FindAsync([1], stop.Token));
await Try("SaveChangesAsync, nothing to save", async () => await db.SaveChangesAsync(stop.Token));
await Try("ToListAsync", async () => await db.Items.ToListAsync(stop.Token));

static async Task Try(string name, Func<Task> run)
{
    try
    {
        await run();
        Console.WriteLine(name + ": completed");
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine(name + ": cancelled");
    }
}

class Item
{
    public int Id { get; set; }
}

class Db : DbContext
{
    public DbSet<Item> Items => Set<Item>();

    protected override void OnConfiguring(DbContextOptionsBuilder builder) => builder.UseInMemoryDatabase("items");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'found 1' <<< "$output" || { echo "Changed: no line matches 'found 1'"; exit 1; }
grep -qE '^FindAsync, tracked: completed' <<< "$output" || { echo "Changed: no line matches '^FindAsync, tracked: completed'"; exit 1; }
grep -qE 'nothing to save: completed' <<< "$output" || { echo "Changed: no line matches 'nothing to save: completed'"; exit 1; }
grep -qE '^ToListAsync: cancelled' <<< "$output" || { echo "Changed: no line matches '^ToListAsync: cancelled'"; exit 1; }
echo "As described."
