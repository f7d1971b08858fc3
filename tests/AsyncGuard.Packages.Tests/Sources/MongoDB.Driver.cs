using MongoDB.Driver;
using MongoDB.Driver.Linq;

class Item
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(IMongoCollection<Item> items, IMongoDatabase database, IMongoClient client)
    {
        items.InsertOne(new Item()); //! AGD0103
        items.UpdateOne(item => item.Id == 1, Builders<Item>.Update.Set(item => item.Id, 2)); //! AGD0103
        items.DeleteMany(item => item.Id == 1); //! AGD0103
        var count = items.CountDocuments(item => item.Id > 0); //! AGD0103
        var found = items.Find(item => item.Id == 1).ToList(); //! AGD0103
        var first = items.Find(item => item.Id == 1).FirstOrDefault(); //! AGD0103
        using var cursor = items.FindSync(item => item.Id == 1); //! AGD0103
        while (cursor.MoveNext()) Console.WriteLine(cursor.Current); //! AGD0103
        var query = items.AsQueryable().Where(item => item.Id > 1).ToList(); //! AGD0103
        var any = items.AsQueryable().Any(item => item.Id > 1); //! AGD0103
        items.Indexes.CreateOne(new CreateIndexModel<Item>(Builders<Item>.IndexKeys.Ascending(item => item.Id))); //! AGD0103
        database.DropCollection("old"); //! AGD0103
        using var session = client.StartSession();
        using var names = database.ListCollectionNames(); //! AGD0103
        await Task.Yield();
    }

    static async Task<Item> Created()
    {
        var client = new MongoClient("mongodb://localhost"); //! AGD0501
        return await client.GetDatabase("a").GetCollection<Item>("b").Find(item => item.Id == 1).FirstOrDefaultAsync();
    }

    static async Task Through(IMongoCollection<Item> items)
    {
        Names(items); //! AGD0105
        Query(items); //! AGD0105
        Change(items); //! AGD0105
        await Task.Yield();
    }

    static List<Item> Names(IMongoCollection<Item> items) => items.Find(item => item.Id > 0).ToList();

    static List<Item> Query(IMongoCollection<Item> items) => items.AsQueryable().Where(item => item.Id > 1).ToList();

    static void Change(IMongoCollection<Item> items) => items.UpdateOne(item => item.Id == 1, Builders<Item>.Update.Set(item => item.Id, 2));
}
