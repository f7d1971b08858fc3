using FreeRedis;

class Uses
{
    static async Task Directly(RedisClient redis)
    {
        redis.Set("a", 1); //! AGD0104
        var value = redis.Get("a"); //! AGD0104
        var popped = redis.BLPop("queue", 5); //! AGD0104
        using var held = redis.Lock("name", 10); //! AGD0104
        foreach (var keys in redis.Scan("*", 10, null)) Console.WriteLine(keys.Length); //! AGD0104
        await redis.GetAsync("a");
    }

    static async Task Through(RedisClient redis)
    {
        Load(redis); //! AGD0105
        Next(redis); //! AGD0105
        await Task.Yield();
    }

    static string Load(RedisClient redis) => redis.HGet("a", "f");

    static string Next(RedisClient redis) => redis.BLPop("queue", 5);

    static async Task<string> PerCallAsync()
    {
        using var redis = new RedisClient("localhost");
        return await redis.GetAsync("a");
    }
}
