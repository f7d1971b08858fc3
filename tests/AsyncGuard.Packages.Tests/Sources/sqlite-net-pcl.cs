using SQLite;

class Item
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(SQLiteAsyncConnection connection)
    {
        await connection.InsertAsync(new Item());
        connection.InsertAsync(new Item()).Wait(); //! AGD0102
        var all = await connection.Table<Item>().Where(item => item.Id > 1).ToListAsync();
    }
}
