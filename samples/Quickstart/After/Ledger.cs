namespace Quickstart.After;

public sealed class Ledger(HttpClient bank)
{
    private readonly Dictionary<string, decimal> _balances = [];

    public Task ArchiveAsync(string? path)
    {
        if (path is null) return Task.CompletedTask;
        return File.WriteAllLinesAsync(path, _balances.Keys);
    }

    public async Task<int> CountAsync(string path) =>
        (await File.ReadAllLinesAsync(path)).Length;

    public Task<decimal> BalanceAsync(string account)
    {
        try
        {
            return Task.FromResult(_balances[account]);
        }
        catch (Exception exception)
        {
            return Task.FromException<decimal>(exception);
        }
    }

    public async Task<string> StatementAsync(string account)
    {
        return await bank.GetStringAsync(account);
    }
}
