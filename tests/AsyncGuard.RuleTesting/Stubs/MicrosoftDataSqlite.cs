// Microsoft.Data.Sqlite
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.Data.Sqlite;

public class SqliteConnection : DbConnection
{
    public SqliteConnection() { }
    public SqliteConnection(string? connectionString) { }
    [AllowNull]
    public override string ConnectionString { get => throw null!; set => throw null!; }
    public override string Database => throw null!;
    public override string DataSource => throw null!;
    public override string ServerVersion => throw null!;
    public override ConnectionState State => throw null!;
    public override void ChangeDatabase(string databaseName) => throw null!;
    public override void Open() => throw null!;
    public override void Close() => throw null!;
    public new virtual SqliteCommand CreateCommand() => throw null!;
    public new virtual SqliteTransaction BeginTransaction() => throw null!;
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw null!;
    protected override DbCommand CreateDbCommand() => throw null!;
}

public class SqliteTransaction : DbTransaction
{
    internal SqliteTransaction() { }
    public override IsolationLevel IsolationLevel => throw null!;
    protected override DbConnection? DbConnection => throw null!;
    public override void Commit() => throw null!;
    public override void Rollback() => throw null!;
}

public class SqliteCommand : DbCommand
{
    public SqliteCommand() { }
    public SqliteCommand(string? commandText, SqliteConnection? connection) { }
    [AllowNull]
    public override string CommandText { get => throw null!; set => throw null!; }
    public override int CommandTimeout { get; set; }
    public override CommandType CommandType { get; set; }
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get; set; }
    protected override DbParameterCollection DbParameterCollection => throw null!;
    protected override DbTransaction? DbTransaction { get; set; }
    public override void Cancel() => throw null!;
    public override int ExecuteNonQuery() => throw null!;
    public override object? ExecuteScalar() => throw null!;
    public new virtual SqliteDataReader ExecuteReader() => throw null!;
    public new virtual Task<SqliteDataReader> ExecuteReaderAsync() => throw null!;
    public new virtual Task<SqliteDataReader> ExecuteReaderAsync(CancellationToken cancellationToken) => throw null!;
    public override void Prepare() => throw null!;
    protected override DbParameter CreateDbParameter() => throw null!;
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw null!;
}

public abstract class SqliteDataReader : DbDataReader { }
