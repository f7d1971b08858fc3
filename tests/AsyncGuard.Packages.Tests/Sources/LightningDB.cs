using LightningDB;

class Uses
{
    static async Task Directly(LightningEnvironment environment, byte[] key)
    {
        environment.Open(); //! AGD0104
        using var transaction = environment.BeginTransaction();
        using var db = transaction.OpenDatabase();
        transaction.Put(db, key, key);
        var found = transaction.Get(db, key);
        transaction.Commit(); //! AGD0104
        environment.Flush(true); //! AGD0104
        environment.CopyTo("/backup"); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(LightningEnvironment environment, byte[] key)
    {
        Save(environment, key); //! AGD0105
        await Task.Yield();
    }

    static void Save(LightningEnvironment environment, byte[] key)
    {
        using var transaction = environment.BeginTransaction();
        using var db = transaction.OpenDatabase();
        transaction.Put(db, key, key);
        transaction.Commit();
    }
}
