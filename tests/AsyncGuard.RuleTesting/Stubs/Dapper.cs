// Dapper
using System.Collections.Generic;
using System.Data;
using System.Threading.Tasks;

namespace Dapper;

public static class SqlMapper
{
    public static int Execute(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) => throw null!;
    public static Task<int> ExecuteAsync(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) =>
        throw null!;
    public static T? ExecuteScalar<T>(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) =>
        throw null!;
    public static Task<T?> ExecuteScalarAsync<T>(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static IDataReader ExecuteReader(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static Task<IDataReader> ExecuteReaderAsync(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static IEnumerable<T> Query<T>(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null,
        bool buffered = true) => throw null!;
    public static Task<IEnumerable<T>> QueryAsync<T>(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static T QueryFirst<T>(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) =>
        throw null!;
    public static Task<T> QueryFirstAsync<T>(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static T? QueryFirstOrDefault<T>(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static Task<T?> QueryFirstOrDefaultAsync<T>(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static T QuerySingle<T>(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) =>
        throw null!;
    public static Task<T> QuerySingleAsync<T>(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static T? QuerySingleOrDefault<T>(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
    public static Task<T?> QuerySingleOrDefaultAsync<T>(this IDbConnection cnn, string sql, object? param = null,
        IDbTransaction? transaction = null) => throw null!;
}
