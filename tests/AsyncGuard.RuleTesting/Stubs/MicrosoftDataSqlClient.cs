// Microsoft.Data.SqlClient
using System;
using System.Data;
using System.Threading.Tasks;
using System.Xml;

namespace Microsoft.Data.SqlClient;

public sealed class SqlBulkCopy : IDisposable
{
    public void WriteToServer(DataTable table) { }
    public void WriteToServer(IDataReader reader) { }
    public Task WriteToServerAsync(DataTable table) => throw null!;
    public Task WriteToServerAsync(IDataReader reader) => throw null!;
    public void Dispose() { }
}

public sealed class SqlCommand
{
    public XmlReader ExecuteXmlReader() => throw null!;
    public Task<XmlReader> ExecuteXmlReaderAsync() => throw null!;
}
