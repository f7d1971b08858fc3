// MiniExcel
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MiniExcelLibs;

public static class MiniExcel
{
    public static IEnumerable<dynamic> Query(string path, bool useHeaderRow = false) => throw null!;
    public static IEnumerable<T> Query<T>(string path, string? sheetName = null) where T : class, new() => throw null!;
    public static Task<IEnumerable<dynamic>> QueryAsync(string path, bool useHeaderRow = false,
        CancellationToken cancellationToken = default) => throw null!;
    public static Task<IEnumerable<T>> QueryAsync<T>(string path, string? sheetName = null, CancellationToken cancellationToken = default)
        where T : class, new() => throw null!;
}

public abstract class MiniExcelDataReaderBase : IDisposable, IAsyncDisposable
{
    public virtual bool Read() => throw null!;
    public virtual Task<bool> ReadAsync(CancellationToken cancellationToken = default) => throw null!;
    public void Dispose() { }
    public ValueTask DisposeAsync() => throw null!;
}
