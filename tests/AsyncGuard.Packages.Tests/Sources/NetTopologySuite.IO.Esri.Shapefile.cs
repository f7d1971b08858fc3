using NetTopologySuite.Features;
using NetTopologySuite.IO.Esri;

class Uses
{
    static async Task Directly(string path, List<IFeature> features)
    {
        var read = Shapefile.ReadAllFeatures(path); //! AGD0104
        var geometries = Shapefile.ReadAllGeometries(path); //! AGD0104
        Shapefile.WriteAllFeatures(features, path); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(string path)
    {
        Count(path); //! AGD0105
        await Task.Yield();
    }

    static int Count(string path) => Shapefile.ReadAllFeatures(path).Length;
}
