using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;

class Uses
{
    static async Task Directly(ArmClient client, ResourceGroupResource group)
    {
        var subscription = client.GetDefaultSubscription(); //! AGD0103
        group.Delete(WaitUntil.Completed); //! AGD0103
        var found = subscription.GetResourceGroup("a").Value; //! AGD0103
        foreach (var each in subscription.GetResourceGroups().GetAll()) Console.Write(each.Id); //! AGD0104
        var tags = group.GetTagResource().Get(); //! AGD0103
        var known = client.GetResourceGroupResource(ResourceGroupResource.CreateResourceIdentifier("s", "g"));
        var all = subscription.GetResourceGroups();
        var id = new ResourceIdentifier("/subscriptions/a");
        await group.GetAsync();
    }

    static async Task Through(ArmClient client)
    {
        Default(client); //! AGD0105
        await Task.Yield();
    }

    static object Default(ArmClient client) => client.GetDefaultSubscription();
}
