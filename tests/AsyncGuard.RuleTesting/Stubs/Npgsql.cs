// Npgsql
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Npgsql;

public sealed class NpgsqlBinaryImporter : IDisposable
{
    public void StartRow() { }
    public Task StartRowAsync(CancellationToken cancellationToken = default) => throw null!;
    public ulong Complete() => 0;
    public ValueTask<ulong> CompleteAsync(CancellationToken cancellationToken = default) => default;
    public void Dispose() { }
}

public sealed class NpgsqlConnection : IDisposable
{
    public void Wait() { }
    public bool Wait(int timeout) => false;
    public Task WaitAsync(CancellationToken cancellationToken = default) => throw null!;
    public Task<bool> WaitAsync(int timeout, CancellationToken cancellationToken = default) => throw null!;
    public NpgsqlBinaryImporter BeginBinaryImport(string copyFromCommand) => throw null!;
    public Task<NpgsqlBinaryImporter> BeginBinaryImportAsync(string copyFromCommand, CancellationToken cancellationToken = default) =>
        throw null!;
    public void ReloadTypes() { }
    public Task ReloadTypesAsync(CancellationToken cancellationToken = default) => throw null!;
    public void Dispose() { }
}
