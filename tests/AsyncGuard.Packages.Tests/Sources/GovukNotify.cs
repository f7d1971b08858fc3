using Notify.Client;

class Uses
{
    static async Task Directly(NotificationClient client)
    {
        var sent = client.SendEmail("a@example.com", "template"); //! AGD0103
        var text = client.SendSms("0", "template"); //! AGD0103
        var notification = client.GetNotificationById("id"); //! AGD0103
        await client.SendEmailAsync("a@example.com", "template");
    }
}
