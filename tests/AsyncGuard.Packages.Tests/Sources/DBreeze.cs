using DBreeze;

class Uses
{
    static async Task Directly()
    {
        using var engine = new DBreezeEngine("/data"); //! AGD0104
        using var transaction = engine.GetTransaction();
        transaction.Insert("t", 1, "a"); //! AGD0104
        var row = transaction.Select<int, string>("t", 1); //! AGD0104
        foreach (var item in transaction.SelectForward<int, string>("t")) Console.WriteLine(item.Key); //! AGD0104
        transaction.Commit(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(DBreezeEngine engine)
    {
        Save(engine); //! AGD0105
        await Task.Yield();
    }

    static void Save(DBreezeEngine engine)
    {
        using var transaction = engine.GetTransaction();
        transaction.Insert("t", 1, "a");
        transaction.Commit();
    }
}
