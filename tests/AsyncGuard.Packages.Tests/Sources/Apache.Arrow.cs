using Apache.Arrow;
using Apache.Arrow.Ipc;

class Uses
{
    static async Task Directly(ArrowStreamReader reader, ArrowStreamWriter writer, RecordBatch batch)
    {
        var one = reader.ReadNextRecordBatch(); //! AGD0103
        writer.WriteRecordBatch(batch); //! AGD0103
        writer.WriteStart(); //! AGD0103
        writer.WriteEnd(); //! AGD0103
        var column = batch.Column(0);
        var length = batch.Length;
        var schema = reader.Schema; //? AGD0104
        await reader.ReadNextRecordBatchAsync();
    }

    static async Task Through(ArrowStreamReader reader)
    {
        Next(reader); //! AGD0105
        await Task.Yield();
    }

    static RecordBatch Next(ArrowStreamReader reader) => reader.ReadNextRecordBatch();
    static async Task Build()
    {
        var builder = new Int32Array.Builder();
        builder.Append(1).Append(2);
        var array = builder.Build();
        await Task.Yield();
    }
}
