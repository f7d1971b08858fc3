// Azure.Storage.Blobs
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Azure.Storage.Blobs
{
    public class BlobClient : Specialized.BlobBaseClient
    {
        public virtual object Upload(Stream content, CancellationToken cancellationToken = default) => throw null!;
        public virtual Task<object> UploadAsync(Stream content, CancellationToken cancellationToken = default) => throw null!;
    }
}

namespace Azure.Storage.Blobs.Specialized
{
    public class BlobBaseClient
    {
        public virtual object DownloadTo(string path, CancellationToken cancellationToken = default) => throw null!;
        public virtual Task<object> DownloadToAsync(string path, CancellationToken cancellationToken = default) => throw null!;
        public virtual object DownloadContent(CancellationToken cancellationToken = default) => throw null!;
        public virtual Task<object> DownloadContentAsync(CancellationToken cancellationToken = default) => throw null!;
        public virtual object Exists(CancellationToken cancellationToken = default) => throw null!;
        public virtual Task<object> ExistsAsync(CancellationToken cancellationToken = default) => throw null!;
        public virtual object Delete(CancellationToken cancellationToken = default) => throw null!;
        public virtual Task<object> DeleteAsync(CancellationToken cancellationToken = default) => throw null!;
        public virtual object GetProperties(CancellationToken cancellationToken = default) => throw null!;
        public virtual Task<object> GetPropertiesAsync(CancellationToken cancellationToken = default) => throw null!;
    }
}
