using BitFaster.Caching;
using BitFaster.Caching.Lru;

class Uses
{
    static async Task Directly(ICache<string, string> cache, IAsyncCache<string, string> async)
    {
        var text = cache.GetOrAdd("a", static key => File.ReadAllText(key)); //! AGD0103
        text = async.GetOrAddAsync("a", static key => File.ReadAllTextAsync(key)).Result; //! AGD0102
        text = await async.GetOrAddAsync("a", static key => Task.FromResult(File.ReadAllText(key))); //! AGD0103
        text = await async.GetOrAddAsync("a", static key => File.ReadAllTextAsync(key));
        text = cache.GetOrAdd("a", static key => key + key);
        cache.AddOrUpdate("a", text);
        if (cache.TryGet("a", out var found)) cache.TryRemove("a");
    }

    static async Task Through(ConcurrentLru<string, string> cache)
    {
        var text = Text(cache); //! AGD0105
        await Task.Yield();
    }

    static string Text(ConcurrentLru<string, string> cache) => cache.GetOrAdd("a", static key => File.ReadAllText(key));
}
