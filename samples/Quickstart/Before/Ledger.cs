namespace Quickstart.Before;

public sealed class Ledger(HttpClient bank)
{
    private readonly Dictionary<string, decimal> _balances = [];

    public Task ArchiveAsync(string? path)
    {
        if (path is null) return null!;                                    // AGD0402
        return File.WriteAllLinesAsync(path, _balances.Keys);
    }

    public Task<int> CountAsync(string path) =>
        File.ReadAllLinesAsync(path).ContinueWith(lines => lines.Result.Length); // AGD0407

    public async Task<decimal> BalanceAsync(string account)                // AGD0601
    {
        return _balances[account];
    }

    public async Task<string> StatementAsync(string account)
    {
        return await Task.Run(() => bank.GetStringAsync(account));         // AGD0602
    }
}
