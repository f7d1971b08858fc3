using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;

class Uses
{
    static async Task Directly(IDistributedCache cache, RedisCache redis, CancellationToken token)
    {
        var value = cache.Get("a"); //! AGD0103
        redis.SetString("a", "b"); //! AGD0103
        redis.Remove("a"); //! AGD0103

        {
            await cache.GetAsync("a", token);
        }
    }
}
