using AsyncGuard;
using Npgsql;

namespace UserProfile.After;

/// <summary>Asks the database and the service at once: the slower one decides, and where one fails the other is cancelled.</summary>
public sealed class Profiles(NpgsqlDataSource database, HttpClient client, Uri service)
{
    public async Task<Profile> LoadAsync(int id, Delays delays, CancellationToken cancellationToken)
    {
        var (name, avatar) = await TaskGroup.WhenAllAsync(
            ct => LoadNameAsync(id, delays, ct),
            ct => LoadAvatarAsync(id, delays, ct),
            cancellationToken);
        return new Profile(name, avatar);
    }

    /// <summary>The same, one after the other, to compare with.</summary>
    public async Task<Profile> LoadInSequenceAsync(int id, Delays delays, CancellationToken cancellationToken)
    {
        var name = await LoadNameAsync(id, delays, cancellationToken);
        var avatar = await LoadAvatarAsync(id, delays, cancellationToken);
        return new Profile(name, avatar);
    }

    private async Task<string> LoadNameAsync(int id, Delays delays, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Users.Query(delays));
        command.Parameters.AddWithValue(id);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private Task<string> LoadAvatarAsync(int id, Delays delays, CancellationToken cancellationToken) =>
        client.GetStringAsync(AvatarService.Address(service, id, delays), cancellationToken);
}
