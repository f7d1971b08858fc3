using MaxMind.GeoIP2;
using MaxMind.GeoIP2.Responses;

class Uses
{
    static async Task Directly(WebServiceClient web, DatabaseReader reader)
    {
        var city = web.City("1.1.1.1"); //! AGD0103
        using var opened = new DatabaseReader("a.mmdb"); //! AGD0104
        var local = reader.City("1.1.1.1");
        await web.CityAsync("1.1.1.1");
    }

    static async Task Through(WebServiceClient web)
    {
        Ask(web); //! AGD0105
        Open(); //! AGD0105
        await Task.Yield();
    }

    static CityResponse Ask(WebServiceClient web) => web.City("1.1.1.1");

    static DatabaseReader Open() => new("a.mmdb");

    static async Task PerCallAsync()
    {
        using var web = new WebServiceClient(1, "key"); //! AGD0501
        await web.CityAsync("1.1.1.1");
    }
}
