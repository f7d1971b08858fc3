using Minio;
using Minio.DataModel.Args;

class Uses
{
    static async Task Directly(IMinioClient client, CancellationToken token)
    {
        await client.MakeBucketAsync(new MakeBucketArgs().WithBucket("b")); //! AGD0301
        await client.MakeBucketAsync(new MakeBucketArgs().WithBucket("b"), token);
        var exists = client.BucketExistsAsync(new BucketExistsArgs().WithBucket("b"), token).Result; //! AGD0102
    }
}
