using NeoSmart.Caching.Sqlite;

class Uses
{
    static async Task Directly(SqliteCache cache, CancellationToken token)
    {
        var value = cache.Get("a"); //! AGD0103
        cache.Remove("a"); //! AGD0103
        await cache.GetAsync("a"); //! AGD0301
        await cache.GetAsync("a", token);
    }

    static async Task Through(SqliteCache cache)
    {
        Get(cache); //! AGD0105
        await Task.Yield();
    }

    static byte[]? Get(SqliteCache cache) => cache.Get("a");
}
