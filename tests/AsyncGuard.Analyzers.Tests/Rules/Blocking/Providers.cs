using AsyncGuard.RuleTesting;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>Small ADO.NET providers: one that overrides nothing awaitable, one that overrides some, one that hides a member.</summary>
internal static class Providers
{
    public const string Source = """

        class Synchronous : DbCommand
        {
            [System.Diagnostics.CodeAnalysis.AllowNull] public override string CommandText { get; set; } = "";
            public override int CommandTimeout { get; set; }
            public override System.Data.CommandType CommandType { get; set; }
            public override bool DesignTimeVisible { get; set; }
            public override System.Data.UpdateRowSource UpdatedRowSource { get; set; }
            protected override DbConnection? DbConnection { get; set; }
            protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();
            protected override DbTransaction? DbTransaction { get; set; }
            public override void Cancel() { }
            public override int ExecuteNonQuery() => 0;
            public override object? ExecuteScalar() => null;
            public override void Prepare() { }
            protected override DbParameter CreateDbParameter() => throw new NotSupportedException();
            protected override DbDataReader ExecuteDbDataReader(System.Data.CommandBehavior behavior) => throw new NotSupportedException();
        }

        class Asynchronous : Synchronous
        {
            public override Task<int> ExecuteNonQueryAsync(CancellationToken token) => Task.FromResult(0);
            protected override Task<DbDataReader> ExecuteDbDataReaderAsync(System.Data.CommandBehavior behavior, CancellationToken token) => throw new NotSupportedException();
        }

        class Hiding : Synchronous
        {
            public new Task<DbDataReader> ExecuteReaderAsync() => throw new NotSupportedException();
        }

        class SynchronousTransaction : DbTransaction
        {
            public override System.Data.IsolationLevel IsolationLevel => default;
            protected override DbConnection? DbConnection => null;
            public override void Commit() { }
            public override void Rollback() { }
            public override void Save(string name) { }
        }
        """;

    public static RuleTestOptions Options { get; } = RuleTestOptions.Default with { ExtraUsings = ["System.Data.Common"] };
}
