using NuGet.Configuration;

class Uses
{
    static async Task Directly(string root, ISettings given)
    {
        var settings = Settings.LoadDefaultSettings(root); //! AGD0104
        var specific = Settings.LoadSpecificSettings(root, "NuGet.config"); //! AGD0104
        ((Settings)given).SaveToDisk(); //! AGD0104
        var section = given.GetSection("packageSources");
        var sources = PackageSourceProvider.LoadPackageSources(given);
        var source = new PackageSource("https://a");
        await Task.Yield();
    }

    static async Task Through(string root)
    {
        Load(root); //! AGD0105
        await Task.Yield();
    }

    static ISettings Load(string root) => Settings.LoadDefaultSettings(root);
}
