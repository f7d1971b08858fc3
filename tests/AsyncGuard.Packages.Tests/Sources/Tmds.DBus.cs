using Tmds.DBus;

class Uses
{
    static async Task Directly(Connection connection, IDBusObject instance)
    {
        connection.ConnectAsync().Wait(); //! AGD0102
        var services = connection.ListServicesAsync().Result; //! AGD0102
        var isActive = connection.IsServiceActiveAsync("a.b").GetAwaiter().GetResult(); //! AGD0102
        await connection.RegisterObjectAsync(instance);
        connection.UnregisterObject(instance);
        services = await connection.ListActivatableServicesAsync();
    }

    static void Dropped(IConnection connection, IDBusObject instance)
    {
        connection.RegisterObjectAsync(instance); //! AGD0201
    }

    static async Task Through(Connection connection)
    {
        var owner = Owner(connection); //! AGD0105
        await Task.Yield();
    }

    static string Owner(Connection connection) => connection.ResolveServiceOwnerAsync("a.b").Result; //! AGD0108
}
