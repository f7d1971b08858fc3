using Npgsql;

namespace UserProfile.Before;

/// <summary>Holds its thread for the database, makes a client for each call, and asks one after the other.</summary>
public sealed class Profiles(NpgsqlDataSource database, Uri service)
{
    public async Task<Profile> LoadAsync(int id, Delays delays, CancellationToken cancellationToken)
    {
        using var command = database.CreateCommand(Users.Query(delays));
        command.Parameters.AddWithValue(id);
        var name = (string)command.ExecuteScalar()!;                        // AGD0103

        using var client = new HttpClient();                                // AGD0501
        var avatar = await client.GetStringAsync(AvatarService.Address(service, id, delays)); // AGD0301
        return new Profile(name, avatar);
    }
}
