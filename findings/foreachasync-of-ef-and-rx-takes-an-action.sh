#!/usr/bin/env bash
# Entity Framework Core 10.0.15 and System.Reactive 7.0.0: ForEachAsync takes an Action, so that its async lambda is async void; the awaited call ends before the handlers do.
# The guess: "await query.ForEachAsync(async item => await SaveAsync(item))" awaits what it is given, as Parallel.ForEachAsync does.
# Seen: of three handlers that take a while, none has ended when the call has. All run at the same time; Parallel.ForEachAsync has ended all three.
# Why the guess misses it: the Async in the name is that of the source. The compiler turns the lambda into async void without a warning, so that a DbContext is disposed, or used by three at once, and an exception of a handler ends the process.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.EntityFrameworkCore.InMemory@10.0.15
#:package System.Reactive@7.0.0
using System.Reactive.Linq;
using Microsoft.EntityFrameworkCore;

Console.WriteLine($".NET {Environment.Version}, Entity Framework Core {typeof(DbContext).Assembly.GetName().Version}, System.Reactive {typeof(Observable).Assembly.GetName().Version}");
using var database = new Database();
database.Items.AddRange(new Item { Id = 1 }, new Item { Id = 2 }, new Item { Id = 3 });
await database.SaveChangesAsync();
await Show("Entity Framework Core", handler => database.Items.ForEachAsync(async item => await handler(item.Id)));
await Show("System.Reactive", handler => Observable.Range(1, 3).ForEachAsync(async number => await handler(number)));
await Show("Parallel", handler => Parallel.ForEachAsync(Enumerable.Range(1, 3), async (number, _) => await handler(number)));

static async Task Show(string name, Func<Func<int, Task>, Task> run)
{
    var (ended, inside, most) = (0, 0, 0);
    await run(async _ =>
    {
        most = Math.Max(most, Interlocked.Increment(ref inside));
        await Task.Delay(500);
        Interlocked.Decrement(ref inside);
        Interlocked.Increment(ref ended);
    });
    Console.WriteLine($"{name}: {ended} of 3 handlers have ended, {most} at the same time");
    await Task.Delay(1000);
}

public sealed class Database : DbContext
{
    public DbSet<Item> Items => Set<Item>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseInMemoryDatabase("items");
}

public sealed class Item
{
    public int Id { get; set; }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Entity Framework Core: 0 of 3 handlers have ended, 3 at the same time' <<< "$output" || { echo "Changed: no line matches '^Entity Framework Core: 0 of 3 handlers have ended, 3 at the same time'"; exit 1; }
grep -qE '^System.Reactive: 0 of 3 handlers have ended, 3 at the same time' <<< "$output" || { echo "Changed: no line matches '^System.Reactive: 0 of 3 handlers have ended, 3 at the same time'"; exit 1; }
grep -qE '^Parallel: 3 of 3 handlers have ended' <<< "$output" || { echo "Changed: no line matches '^Parallel: 3 of 3 handlers have ended'"; exit 1; }
echo "As described."
