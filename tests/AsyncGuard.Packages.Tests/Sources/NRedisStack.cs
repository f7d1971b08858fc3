using NRedisStack;
using NRedisStack.RedisStackCommands;
using NRedisStack.Search;
using StackExchange.Redis;

class Uses
{
    static async Task Directly(IDatabase db)
    {
        var json = db.JSON();
        json.Set("a", "$", "{}"); //! AGD0103
        var value = json.Get("a"); //! AGD0103
        var found = db.FT().Search("index", new Query("*")); //! AGD0103
        db.BF().Add("filter", "x"); //! AGD0103
        await json.GetAsync("a");
    }

    static async Task Through(IDatabase db)
    {
        Load(db); //! AGD0105
        Find(db); //! AGD0105
        await Task.Yield();
    }

    static RedisResult Load(IDatabase db) => db.JSON().Get("a");

    static SearchResult Find(IDatabase db) => db.FT().Search("index", new Query("*"));
}
