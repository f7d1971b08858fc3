using System;
using System.Threading.Tasks;
using AsyncGuard.Testing;

namespace AsyncGuard.Support;

/// <summary>Runs a fact on the event loop in order of acceptance, under many seeds of another order, and once on the thread pool.</summary>
internal static class Everywhere
{
    public static readonly int Seeds = Soak.Seeds;

    public static async Task HoldsAsync(Func<Task> fact)
    {
        VirtualTime.RunSeeds(Seeds, _ => fact());
        await HangGuard.WaitAsync(Task.Run(fact));
    }
}
