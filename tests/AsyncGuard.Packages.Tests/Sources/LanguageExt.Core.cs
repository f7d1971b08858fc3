using LanguageExt;

class Uses
{
    // Values in memory: what is not awaited has nothing to wait for.
    static async Task<string> Directly(Option<int> id, Either<string, int> either)
    {
        await Task.Yield();
        var text = id.Match(Some: n => n.ToString(), None: () => "none");
        id.Iter(n => Console.WriteLine(n));
        var next = id.Map(n => n + 1).Bind(n => Option<int>.Some(n));
        return text + either.Match(Left: l => l, Right: r => r.ToString()) + next;
    }

    // The awaitable form refuses the null that this one gives.
    static async Task<string?> WorkInside(Option<int> id) =>
        await id.Match(Some: FindAsync, None: () => Task.FromResult<string?>("none"));

    static async Task<string?> FindAsync(int id)
    {
        await Task.Yield();
        return null;
    }
}
