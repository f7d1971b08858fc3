using ZiggyCreatures.Caching.Fusion;

class Uses
{
    static async Task Directly(IFusionCache cache, CancellationToken token)
    {
        var value = cache.GetOrSet("a", _ => Slow()); //! AGD0103 AGD0301
        var found = cache.TryGet<string>("a"); //! AGD0103
        cache.Set("a", "b"); //! AGD0103
        cache.Remove("a"); //! AGD0103
        await cache.GetOrSetAsync("a", async stop => await SlowAsync(stop), token: token);
        await cache.SetAsync("a", "b"); //! AGD0301
    }

    static async Task Through(IFusionCache cache)
    {
        Get(cache); //! AGD0105
        await Task.Yield();
    }

    static string Get(IFusionCache cache) => cache.GetOrSet("a", _ => Slow());

    static string Slow()
    {
        Thread.Sleep(100);
        return "b";
    }

    static async Task<string> SlowAsync(CancellationToken token)
    {
        await Task.Delay(100, token);
        return "b";
    }
}
