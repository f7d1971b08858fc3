using StackExchange.Redis;

class Uses
{
    static async Task Directly(IDatabase database, IServer server, ISubscriber subscriber)
    {
        var value = database.StringGet("a"); //! AGD0103
        database.StringSet("a", 1); //! AGD0103
        var all = database.HashGetAll("h"); //! AGD0103
        database.StringSet("a", 1, flags: CommandFlags.FireAndForget);
        foreach (var key in server.Keys()) Console.WriteLine(key); //! AGD0104
        foreach (var entry in database.HashScan("h")) Console.WriteLine(entry.Name); //! AGD0104
        foreach (var member in database.SetScan("s")) Console.WriteLine(member); //! AGD0104
        server.FlushDatabase(); //! AGD0103
        subscriber.Publish(RedisChannel.Literal("c"), "m"); //! AGD0103
        using var redis = ConnectionMultiplexer.Connect("localhost"); //! AGD0103 AGD0505
        var other = redis.GetDatabase();
        await Task.Yield();
    }

    static async Task Through(IDatabase database, IServer server)
    {
        Read(database); //! AGD0105
        All(server); //! AGD0105
        Notify(database);
        await Task.Yield();
    }

    static HashEntry[] Read(IDatabase database) => database.HashGetAll("h");

    static List<RedisKey> All(IServer server) => server.Keys().ToList();

    static void Notify(IDatabase database) => database.Publish(RedisChannel.Literal("c"), "m", CommandFlags.FireAndForget);
}
