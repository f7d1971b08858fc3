using System.Threading.Tasks;
using QRCoder;

class Uses
{
    static async Task<byte[]> Directly(string path, byte[] raw)
    {
        var data = new QRCodeData(path, QRCodeData.Compression.GZip); //! AGD0104
        data.SaveRawData(path, QRCodeData.Compression.Uncompressed); //! AGD0104
        var other = new QRCodeData(raw, QRCodeData.Compression.Uncompressed);
        await Task.Yield();
        return other.GetRawData(QRCodeData.Compression.Uncompressed);
    }
}
