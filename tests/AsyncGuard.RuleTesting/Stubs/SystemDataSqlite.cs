// System.Data.SQLite
using System.Data;
using System.Data.Common;

namespace System.Data.SQLite;

public class SQLiteConnection : DbConnection
{
    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string ConnectionString { get => throw null!; set => throw null!; }
    public override string Database => throw null!;
    public override string DataSource => throw null!;
    public override string ServerVersion => throw null!;
    public override ConnectionState State => throw null!;
    public override void ChangeDatabase(string databaseName) => throw null!;
    public override void Open() => throw null!;
    public override void Close() => throw null!;
    public new SQLiteTransaction BeginTransaction() => throw null!;
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw null!;
    protected override DbCommand CreateDbCommand() => throw null!;
}

public class SQLiteTransaction : DbTransaction
{
    internal SQLiteTransaction() { }
    public override IsolationLevel IsolationLevel => throw null!;
    protected override DbConnection? DbConnection => throw null!;
    public override void Commit() => throw null!;
    public override void Rollback() => throw null!;
}

public class SQLiteCommand : DbCommand
{
    [System.Diagnostics.CodeAnalysis.AllowNull]
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
    public override void Prepare() => throw null!;
    protected override DbParameter CreateDbParameter() => throw null!;
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw null!;
}

public abstract class SQLiteDataReader : DbDataReader { }
