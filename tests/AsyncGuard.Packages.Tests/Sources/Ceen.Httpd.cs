using System.Net;
using Ceen.Httpd;
using Ceen.Httpd.Logging;

class Uses
{
    static async Task Directly(ServerConfig config, Stream stream, CancellationToken token)
    {
        using var log = new CLFLogger("access.log"); // only opens it
        using var second = new CLFLogger(stream);
        await HttpServer.ListenAsync(new IPEndPoint(IPAddress.Loopback, 8080), false, config); //! AGD0301
        await HttpServer.ListenAsync(new IPEndPoint(IPAddress.Loopback, 8080), false, config, token);
    }

    static void Dropped(ServerConfig config)
    {
        HttpServer.ListenAsync(new IPEndPoint(IPAddress.Loopback, 8080), false, config); //! AGD0201
    }

    static async Task Through()
    {
        using var log = Log();
        await Task.Yield();
    }

    static CLFLogger Log() => new("access.log");
}
