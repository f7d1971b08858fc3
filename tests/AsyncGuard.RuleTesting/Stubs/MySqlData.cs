// MySql.Data
using System.Data;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;

namespace MySql.Data.MySqlClient;

public sealed class MySqlDataAdapter : DbDataAdapter
{
    public override int Fill(DataSet dataSet) => throw null!;
    public new int Fill(DataTable dataTable) => throw null!;
    public new DataTable FillSchema(DataTable dataTable, SchemaType schemaType) => throw null!;
    public new int Update(DataTable dataTable) => throw null!;
    public Task<int> FillAsync(DataSet dataSet) => throw null!;
    public Task<int> FillAsync(DataTable dataTable) => throw null!;
    public Task<int> UpdateAsync(DataTable dataTable) => throw null!;
}

public sealed class MySqlHelper
{
    public static DataSet ExecuteDataset(string connectionString, string commandText) => throw null!;
    public static Task<DataSet> ExecuteDatasetAsync(string connectionString, string commandText) => throw null!;
    public static DataRow ExecuteDataRow(string connectionString, string commandText) => throw null!;
    public static Task<DataRow> ExecuteDataRowAsync(string connectionString, string commandText) => throw null!;
    public static void UpdateDataSet(string connectionString, string commandText, DataSet ds, string tablename) { }
    public static Task UpdateDataSetAsync(string connectionString, string commandText, DataSet ds, string tablename) => throw null!;
    public static object ExecuteScalar(string connectionString, string commandText) => throw null!;
    public static Task<object> ExecuteScalarAsync(string connectionString, string commandText) => throw null!;
}

public class MySqlScript
{
    public int Execute() => throw null!;
    public Task<int> ExecuteAsync() => throw null!;
    public Task<int> ExecuteAsync(CancellationToken cancellationToken) => throw null!;
}
