using System.Buffers;
using SmtpServer.Protocol;
using SmtpServer.Storage;

class Uses
{
    static async Task Directly(SmtpServer.SmtpServer server, CancellationToken token)
    {
        server.StartAsync(token).Wait(); //! AGD0102
        server.ShutdownTask.GetAwaiter().GetResult(); //! AGD0102
        server.Shutdown();
        await server.StartAsync(token);
        await server.ShutdownTask;
    }

    static void Start(SmtpServer.SmtpServer server, CancellationToken token)
    {
        server.StartAsync(token); //! AGD0201
    }

    class Store : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(SmtpServer.ISessionContext context, SmtpServer.IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            File.WriteAllBytes("message.eml", buffer.ToArray()); //! AGD0103
            await File.WriteAllTextAsync("from.txt", transaction.From.User); //! AGD0301
            return SmtpResponse.Ok;
        }
    }
}
