// StackExchange.Redis
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace StackExchange.Redis;

public enum CommandFlags { None }

public interface IDatabaseAsync
{
    Task<string?> StringGetAsync(string key, CommandFlags flags = CommandFlags.None);
    Task<bool> StringSetAsync(string key, string value, TimeSpan? expiry = null, CommandFlags flags = CommandFlags.None);
    Task<long> StringIncrementAsync(string key, long value = 1, CommandFlags flags = CommandFlags.None);
    Task<string?> HashGetAsync(string key, string field, CommandFlags flags = CommandFlags.None);
    Task<bool> HashSetAsync(string key, string field, string value, CommandFlags flags = CommandFlags.None);
    Task<bool> KeyDeleteAsync(string key, CommandFlags flags = CommandFlags.None);
    Task<bool> KeyExistsAsync(string key, CommandFlags flags = CommandFlags.None);
    Task<bool> KeyExpireAsync(string key, TimeSpan? expiry, CommandFlags flags = CommandFlags.None);
    Task<bool> LockTakeAsync(string key, string value, TimeSpan expiry, CommandFlags flags = CommandFlags.None);
    Task<bool> LockReleaseAsync(string key, string value, CommandFlags flags = CommandFlags.None);
    Task<long> ListLeftPushAsync(string key, string value, CommandFlags flags = CommandFlags.None);
    Task<string?> ListRightPopAsync(string key, CommandFlags flags = CommandFlags.None);
    Task<bool> SetAddAsync(string key, string value, CommandFlags flags = CommandFlags.None);
    Task<bool> SetContainsAsync(string key, string value, CommandFlags flags = CommandFlags.None);
    Task<long> PublishAsync(string channel, string message, CommandFlags flags = CommandFlags.None);
    Task<string?> ScriptEvaluateAsync(string script, string[]? keys = null, CommandFlags flags = CommandFlags.None);
}

public interface IDatabase : IDatabaseAsync
{
    IBatch CreateBatch();
    string? StringGet(string key, CommandFlags flags = CommandFlags.None);
    bool StringSet(string key, string value, TimeSpan? expiry = null, CommandFlags flags = CommandFlags.None);
    long StringIncrement(string key, long value = 1, CommandFlags flags = CommandFlags.None);
    string? HashGet(string key, string field, CommandFlags flags = CommandFlags.None);
    IEnumerable<string> HashScan(string key, string pattern, int pageSize = 250);
    bool HashSet(string key, string field, string value, CommandFlags flags = CommandFlags.None);
    bool KeyDelete(string key, CommandFlags flags = CommandFlags.None);
    bool KeyExists(string key, CommandFlags flags = CommandFlags.None);
    bool KeyExpire(string key, TimeSpan? expiry, CommandFlags flags = CommandFlags.None);
    bool LockTake(string key, string value, TimeSpan expiry, CommandFlags flags = CommandFlags.None);
    bool LockRelease(string key, string value, CommandFlags flags = CommandFlags.None);
    long ListLeftPush(string key, string value, CommandFlags flags = CommandFlags.None);
    string? ListRightPop(string key, CommandFlags flags = CommandFlags.None);
    bool SetAdd(string key, string value, CommandFlags flags = CommandFlags.None);
    bool SetContains(string key, string value, CommandFlags flags = CommandFlags.None);
    long Publish(string channel, string message, CommandFlags flags = CommandFlags.None);
    string? ScriptEvaluate(string script, string[]? keys = null, CommandFlags flags = CommandFlags.None);
}

public interface IServer
{
    IEnumerable<string> Keys(int database = -1, string? pattern = null, int pageSize = 250);
    IAsyncEnumerable<string> KeysAsync(int database = -1, string? pattern = null, int pageSize = 250);
}

public interface IBatch : IDatabaseAsync { void Execute(); }

public interface ITransaction : IBatch { }

public sealed class ConnectionMultiplexer : IDisposable
{
    public static ConnectionMultiplexer Connect(string configuration) => throw null!;
    public static Task<ConnectionMultiplexer> ConnectAsync(string configuration) => throw null!;
    public IDatabase GetDatabase(int db = -1) => throw null!;
    public void Dispose() { }
}
