using LinqToDB;
using LinqToDB.Data;

class Row
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(DataConnection db)
    {
        var all = db.GetTable<Row>().Where(row => row.Id > 1).ToList(); //! AGD0103
        var first = db.GetTable<Row>().FirstOrDefault(row => row.Id == 1); //! AGD0103
        db.GetTable<Row>().Where(row => row.Id == 1).Delete(); //! AGD0103
        db.Insert(new Row()); //! AGD0103
        db.Execute("delete from t"); //! AGD0103
        await Task.Yield();
    }

    static async Task Through(DataConnection db)
    {
        All(db); //! AGD0105
        await Task.Yield();
    }

    static List<Row> All(DataConnection db) => db.GetTable<Row>().ToList();
}
