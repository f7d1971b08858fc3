// StackExchange.Redis
using System.Threading.Tasks;

namespace StackExchange.Redis;

public interface IDatabaseAsync
{
    Task<bool> StringSetAsync(string key, string value);
}

public interface IDatabase : IDatabaseAsync
{
    bool StringSet(string key, string value);

    IBatch CreateBatch();
}

public interface IBatch : IDatabaseAsync
{
    void Execute();
}

public interface ITransaction : IBatch
{
}
