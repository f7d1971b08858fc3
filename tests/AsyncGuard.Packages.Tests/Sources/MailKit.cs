using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

class Uses
{
    static async Task Directly(SmtpClient smtp, ImapClient imap, MimeMessage message, CancellationToken token)
    {
        smtp.Connect("localhost", 25, SecureSocketOptions.None); //! AGD0103
        smtp.Authenticate("a", "b"); //! AGD0103
        smtp.Send(message); //! AGD0103
        smtp.Disconnect(true); //! AGD0103
        imap.Inbox!.Open(MailKit.FolderAccess.ReadOnly); //! AGD0103
        var loaded = MimeMessage.Load("file"); //! AGD0103
        message.WriteTo("file"); //! AGD0103
        using var memory = new MemoryStream();
        message.WriteTo(memory);
        var builder = new BodyBuilder { TextBody = "a" };
        builder.Attachments.Add("file.txt"); //! AGD0103|AGD0104
        message.Body = builder.ToMessageBody();

        {
            await smtp.SendAsync(message, token);
        }
    }

    static async Task Through(MimeMessage message)
    {
        Send(message); //! AGD0105
        await Task.Yield();
    }

    static void Send(MimeMessage message)
    {
        using var smtp = new SmtpClient();
        smtp.Connect("localhost", 25, SecureSocketOptions.None);
        smtp.Send(message);
    }
}
