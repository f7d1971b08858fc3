using Avro.File;
using Avro.Generic;

class Uses
{
    static async Task Directly(IFileWriter<GenericRecord> writer, GenericRecord record)
    {
        using var reader = DataFileReader<GenericRecord>.OpenReader("a.avro"); //! AGD0104
        while (reader.HasNext()) //! AGD0104
            Console.WriteLine(reader.Next()); //! AGD0104
        writer.Append(record); //! AGD0104
        writer.Close(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        Load(); //! AGD0105
        await Task.Yield();
    }

    static GenericRecord Load()
    {
        using var reader = DataFileReader<GenericRecord>.OpenReader("a.avro");
        return reader.Next();
    }
}
