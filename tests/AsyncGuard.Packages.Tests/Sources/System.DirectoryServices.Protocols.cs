using System.DirectoryServices.Protocols;

class Uses
{
    static async Task Directly(LdapConnection connection, SearchRequest request)
    {
        connection.Bind(); //! AGD0104
        var response = connection.SendRequest(request); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(LdapConnection connection, SearchRequest request)
    {
        Find(connection, request); //! AGD0105
        await Task.Yield();
    }

    static DirectoryResponse Find(LdapConnection connection, SearchRequest request) => connection.SendRequest(request);
}
