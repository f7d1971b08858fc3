using DbUp;

class Uses
{
    static async Task Directly(string connection)
    {
        EnsureDatabase.For.PostgresqlDatabase(connection); //! AGD0104
        var upgrader = DeployChanges.To.PostgresqlDatabase(connection).WithScriptsFromFileSystem("scripts").Build();
        var result = upgrader.PerformUpgrade(); //! AGD0104
        if (upgrader.IsUpgradeRequired()) Console.WriteLine(); //! AGD0104
        await Task.Yield();
    }
}
