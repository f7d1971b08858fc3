using CSRedis;

class Uses
{
    static async Task Directly(CSRedisClient redis)
    {
        redis.Set("a", 1, 10); //! AGD0104
        var value = redis.Get("a"); //! AGD0104
        redis.Publish("c", "m"); //! AGD0104
        var popped = redis.BRPop(5, "queue"); //! AGD0104
        using var held = redis.Lock("name", 10); //! AGD0104
        using var pipe = redis.StartPipe();
        await redis.SetAsync("a", 2);
    }

    static async Task Through(CSRedisClient redis)
    {
        Load(redis); //! AGD0105
        Next(redis); //! AGD0105
        await Task.Yield();
    }

    static string Load(CSRedisClient redis) => redis.Get("a");

    static string Next(CSRedisClient redis) => redis.BRPop(5, "queue");

    static async Task<string> PerCallAsync()
    {
        using var redis = new CSRedisClient("localhost");
        return await redis.GetAsync("a");
    }
}
