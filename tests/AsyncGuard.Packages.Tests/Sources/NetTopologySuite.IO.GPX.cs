using System.Xml;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

class Uses
{
    static async Task Directly(XmlReader reader, XmlWriter writer, GpxMetadata metadata, string text)
    {
        var file = GpxFile.ReadFrom(reader, new GpxReaderSettings()); //! AGD0104
        file.WriteTo(writer, new GpxWriterSettings()); //! AGD0104
        var features = GpxReader.ReadFeatures(reader, new GpxReaderSettings(), GeometryFactory.Default); //! AGD0104
        GpxWriter.Write(writer, new GpxWriterSettings(), metadata, features.features, null); //! AGD0104
        file = GpxFile.Parse(text, new GpxReaderSettings());
        file = GpxFile.ReadFrom(XmlReader.Create(new StringReader(text)), new GpxReaderSettings());
        using var known = XmlWriter.Create(new StringWriter());
        file.WriteTo(known, new GpxWriterSettings());
        text = file.BuildString(new GpxWriterSettings());
        await Task.Yield();
    }

    static async Task Through(XmlReader reader)
    {
        var file = Load(reader); //! AGD0105
        await Task.Yield();
    }

    static GpxFile Load(XmlReader reader) => GpxFile.ReadFrom(reader, new GpxReaderSettings());
}
