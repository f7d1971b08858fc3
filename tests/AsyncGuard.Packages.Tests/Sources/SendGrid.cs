using SendGrid;
using SendGrid.Helpers.Mail;

class Uses
{
    static async Task Directly(ISendGridClient client, SendGridMessage message, CancellationToken token)
    {
        await client.SendEmailAsync(message); //! AGD0301
        var response = client.SendEmailAsync(message, token).Result; //! AGD0102
        message.AddTo("a@example.com");
    }

    static void Dropped(ISendGridClient client, SendGridMessage message)
    {
        client.SendEmailAsync(message); //! AGD0201
    }
}
