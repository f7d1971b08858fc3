using LiteDB;

class Item
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(ILiteCollection<Item> items, LiteDatabase database)
    {
        items.Insert(new Item());
        var found = items.FindById(1);
        items.InsertBulk(new[] { new Item() }); //! AGD0104
        var all = items.FindAll().ToList(); //! AGD0104
        database.Checkpoint(); //! AGD0104
        await Task.Yield();
    }
}
