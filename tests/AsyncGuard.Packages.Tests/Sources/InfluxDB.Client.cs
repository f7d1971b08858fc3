using InfluxDB.Client;
using InfluxDB.Client.Api.Domain;

class Uses
{
    static async Task Directly(InfluxDBClient client, CancellationToken token)
    {
        using (var write = client.GetWriteApi())
        {
            write.WriteRecord("m v=1", WritePrecision.Ns, "b", "o");
        }

        await client.GetWriteApiAsync().WriteRecordAsync("m v=1", WritePrecision.Ns, "b", "o"); //! AGD0301
        var tables = await client.GetQueryApi().QueryAsync("from(bucket: \"b\")", "o", token);
        var raw = client.GetQueryApiSync().QuerySync("from(bucket: \"b\")", "o"); //! AGD0104
    }
}
