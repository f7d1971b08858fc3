// AWSSDK.S3
using System.Threading;
using System.Threading.Tasks;

namespace Amazon.S3;

// The synchronous members exist on .NET Framework only.
public class AmazonS3Client
{
    public virtual object GetObject(string bucketName, string key) => throw null!;
    public virtual Task<object> GetObjectAsync(string bucketName, string key, CancellationToken cancellationToken = default) => throw null!;
    public virtual object PutObject(object request) => throw null!;
    public virtual Task<object> PutObjectAsync(object request, CancellationToken cancellationToken = default) => throw null!;
    public virtual object DeleteObject(string bucketName, string key) => throw null!;
    public virtual Task<object> DeleteObjectAsync(string bucketName, string key, CancellationToken cancellationToken = default) =>
        throw null!;
    public virtual object ListObjectsV2(object request) => throw null!;
    public virtual Task<object> ListObjectsV2Async(object request, CancellationToken cancellationToken = default) => throw null!;
}
