using FluentMigrator.Runner;

class Uses
{
    static async Task Directly(IMigrationRunner runner)
    {
        runner.MigrateUp(); //! AGD0104
        runner.MigrateDown(1); //! AGD0104
        runner.Rollback(1); //! AGD0104
        if (runner.HasMigrationsToApplyUp()) Console.WriteLine(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(IMigrationRunner runner)
    {
        Migrate(runner); //! AGD0105
        await Task.Yield();
    }

    static void Migrate(IMigrationRunner runner) => runner.MigrateUp();
}
