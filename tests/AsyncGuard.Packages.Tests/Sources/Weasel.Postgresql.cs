using Npgsql;
using Weasel.Postgresql;

class Uses
{
    static async Task Directly(NpgsqlConnection connection, AdvisoryLock locks, CommandBuilder builder, CancellationToken token)
    {
        connection.CreateSchemaAsync("a", token).Wait(); //! AGD0102
        await connection.CreateSchemaAsync("a"); //! AGD0301
        await connection.EnsureSchemaExists("a"); //! AGD0301
        await connection.GetGlobalLock(1); //! AGD0301
        await using var reader = await connection.ExecuteReaderAsync(builder); //! AGD0301
        var isTaken = await locks.TryAttainLockAsync(1, token);
        if (locks.HasLock(1)) await locks.ReleaseLockAsync(1);
    }

    static void Dropped(NpgsqlConnection connection)
    {
        connection.DropSchemaAsync("a"); //! AGD0201
    }

    static async Task Through(NpgsqlConnection connection)
    {
        Reset(connection); //! AGD0105
        await Task.Yield();
    }

    static void Reset(NpgsqlConnection connection) => connection.ResetSchemaAsync("a").GetAwaiter().GetResult(); //! AGD0108
}
