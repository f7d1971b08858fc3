using RedLockNet;

class Uses
{
    static async Task Directly(IDistributedLockFactory factory)
    {
        await using var held = factory.CreateLock("a", TimeSpan.FromSeconds(10)); //! AGD0103
        await using var awaited = await factory.CreateLockAsync("a", TimeSpan.FromSeconds(10));
    }

    static async Task Through(IDistributedLockFactory factory)
    {
        Take(factory); //! AGD0105
        await Task.Yield();
    }

    static bool Take(IDistributedLockFactory factory)
    {
        using var held = factory.CreateLock("a", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
        return held.IsAcquired;
    }
}
