using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

class Uses
{
    static async Task Directly(IAmazonS3 client, CancellationToken token)
    {
        using var response = await client.GetObjectAsync("b", "k"); //! AGD0301
        await client.PutObjectAsync(new PutObjectRequest(), token);
        client.PutObjectAsync(new PutObjectRequest()).Wait(); //! AGD0102 AGD0301
        var transfer = new TransferUtility(client);
        await transfer.UploadAsync("file", "b", token);
        await response.WriteResponseStreamToFileAsync("f", false, token);
    }

    static async Task<int> Created()
    {
        using var client = new AmazonS3Client(); //! AGD0501
        return (await client.ListBucketsAsync()).Buckets.Count;
    }
}
