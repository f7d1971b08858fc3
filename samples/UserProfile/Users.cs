using System.Globalization;
using Npgsql;

namespace UserProfile;

/// <summary>The table of users.</summary>
public static class Users
{
    public const int Count = 1000;

    /// <summary>A user's name, after the delay where there is one.</summary>
    public static string Query(Delays delays) => delays.Database == 0
        ? "select name from users where id = $1"
        : string.Create(CultureInfo.InvariantCulture, $"select name from users, pg_sleep({delays.Database / 1000.0}) where id = $1");

    public static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            drop table if exists users;
            create table users (id int primary key, name text not null);
            insert into users select n, 'user ' || n from generate_series(1, {Count}) n;
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
