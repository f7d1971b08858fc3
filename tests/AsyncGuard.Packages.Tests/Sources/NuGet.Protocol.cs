using NuGet.Common;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;

class Uses
{
    static async Task Directly(SourceRepository repository, SourceCacheContext cache, CancellationToken token)
    {
        var resource = repository.GetResource<FindPackageByIdResource>(); //! AGD0103
        var versions = await resource.GetAllVersionsAsync("id", cache, NullLogger.Instance, token);
        var packages = LocalFolderUtility.GetPackagesV2("folder", NullLogger.Instance); //? AGD0104 AGD0301
        var source = Repository.Factory.GetCoreV3("folder");
    }
}
