using Stripe;

class Uses
{
    static async Task Directly(CustomerService customers, RefundService refunds, CancellationToken token)
    {
        var customer = customers.Create(new CustomerCreateOptions()); //! AGD0103
        var found = customers.Get("id"); //! AGD0103
        foreach (var each in customers.ListAutoPaging()) Console.WriteLine(each.Id); //~ AGD0104
        await refunds.CreateAsync(new RefundCreateOptions(), cancellationToken: token);
        var signed = EventUtility.ConstructEvent("{}", "signature", "secret");
    }

    static async Task Listed(IListable<Customer, CustomerListOptions> list)
    {
        foreach (var each in list.ListAutoPaging()) Console.WriteLine(each.Id); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(CustomerService customers)
    {
        Remove(customers); //! AGD0105
        await Task.Yield();
    }

    static void Remove(CustomerService customers) => customers.Delete("id");

    static void Dropped(CustomerService customers)
    {
        customers.UpdateAsync("id", new CustomerUpdateOptions()); //! AGD0201
    }
}
