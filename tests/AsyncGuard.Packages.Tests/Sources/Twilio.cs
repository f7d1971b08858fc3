using Twilio.Rest.Api.V2010.Account;

class Uses
{
    static async Task Directly()
    {
        var message = MessageResource.Create(to: "+1", from: "+2", body: "a"); //! AGD0103
        var fetched = MessageResource.Fetch("SM1"); //! AGD0103
        foreach (var each in MessageResource.Read()) Console.WriteLine(each.Sid); //! AGD0103|AGD0104

        {
            await MessageResource.CreateAsync(to: "+1", from: "+2", body: "a");
        }
    }
}
