using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

class Uses
{
    static async Task Directly(GeoPackageGeoReader reader, GeoPackageGeoWriter writer, Stream stream, byte[] blob)
    {
        var geometry = reader.Read(stream); //! AGD0104
        writer.Write(geometry, stream); //! AGD0104
        var bytes = writer.Write(geometry);
        geometry = reader.Read(blob);
        geometry = reader.Read(new MemoryStream(blob));
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        var geometry = Load(stream); //! AGD0105
        await Task.Yield();
    }

    static Geometry Load(Stream stream) => new GeoPackageGeoReader().Read(stream);
}
