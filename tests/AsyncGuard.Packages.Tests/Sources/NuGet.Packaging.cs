using NuGet.Packaging;

class Uses
{
    static async Task Directly(PackageArchiveReader reader, CancellationToken token)
    {
        var files = reader.GetFiles(); //! AGD0104
        await using var nuspec = reader.GetNuspec(); //! AGD0104
        var identity = reader.GetIdentity(); //! AGD0104
        var libraries = reader.GetLibItems().ToList(); //! AGD0104
        await reader.CopyNupkgAsync("a", token);
    }
}
