using System.Data;
using System.Data.Common;
using Dapper;

class Uses
{
    static async Task Directly(IDbConnection connection, DbConnection database)
    {
        var rows = connection.Query<int>("select 1"); //! AGD0103
        var first = connection.QueryFirstOrDefault<string>("select 1", new { Id = 1 }); //! AGD0103
        var changed = database.Execute("delete from t"); //! AGD0103
        var value = database.ExecuteScalar<int>("select 1"); //! AGD0103
        using var several = database.QueryMultiple("select 1; select 2"); //! AGD0103 AGD0505
        var numbers = several.Read<int>().ToList(); //! AGD0103
        using var reader = database.ExecuteReader("select 1"); //! AGD0103
        Console.WriteLine(reader.FieldCount);
        await Task.Yield();
    }

    static async Task Through(IDbConnection connection)
    {
        Names(connection); //! AGD0105
        await Task.Yield();
    }

    static List<string> Names(IDbConnection connection) => connection.Query<string>("select name from t").ToList();
}
