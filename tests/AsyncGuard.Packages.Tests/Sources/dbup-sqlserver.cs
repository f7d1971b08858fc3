using System.Threading.Tasks;
using DbUp;
using DbUp.Builder;

class Uses
{
    static async Task<UpgradeEngineBuilder> Directly(string connection)
    {
        EnsureDatabase.For.SqlDatabase(connection); //! AGD0104
        EnsureDatabase.For.SqlDatabase(connection, 30); //! AGD0104
        DropDatabase.For.SqlDatabase(connection); //! AGD0104
        await Task.Yield();
        return DeployChanges.To.SqlDatabase(connection);
    }

    static async Task Through(string connection)
    {
        await Task.Yield();
        Prepare(connection); //! AGD0105
    }

    static void Prepare(string connection) => EnsureDatabase.For.SqlDatabase(connection);
}
