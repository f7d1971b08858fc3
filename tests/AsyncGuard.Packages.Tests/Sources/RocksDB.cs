using RocksDbSharp;

class Uses
{
    static async Task Directly(DbOptions options, WriteBatch batch, byte[] key)
    {
        using var db = RocksDb.Open(options, "/data"); //! AGD0104
        db.Put(key, key); //! AGD0104
        var value = db.Get(key); //! AGD0104
        var text = db.Get("a"); //! AGD0104
        db.Write(batch); //! AGD0104
        db.Flush(new FlushOptions()); //! AGD0104
        db.CompactRange("a", "z"); //! AGD0104
        batch.Put(key, key);
        await Task.Yield();
    }

    static async Task Through(RocksDb db)
    {
        Load(db); //! AGD0105
        await Task.Yield();
    }

    static string Load(RocksDb db) => db.Get("a");
}
