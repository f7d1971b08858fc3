using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Steps of an asynchronous enumeration, which continue where user code may be called and not in the caller's context.</summary>
internal static class AsyncItems
{
    public static async Task<T> Moved<T>(Task<T> move)
    {
        await new WithoutThrowing(move);
        return Tasks.ResultOf(move);
    }
}
