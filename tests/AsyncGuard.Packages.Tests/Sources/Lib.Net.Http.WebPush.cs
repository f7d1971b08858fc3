using Lib.Net.Http.WebPush;

class Uses
{
    static async Task Directly(PushSubscription subscription, PushMessage message, CancellationToken token)
    {
        var client = new PushServiceClient(); //! AGD0501
        await client.RequestPushMessageDeliveryAsync(subscription, message); //! AGD0301
        await client.RequestPushMessageDeliveryAsync(subscription, message, token);
        client.RequestPushMessageDeliveryAsync(subscription, message, token).Wait(token); //! AGD0102
    }

    static async Task Given(HttpClient http, PushSubscription subscription, PushMessage message)
    {
        var client = new PushServiceClient(http);
        await client.RequestPushMessageDeliveryAsync(subscription, message);
    }
}
