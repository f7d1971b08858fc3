using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth;

class Uses
{
    static async Task Directly(Stream stream)
    {
        var a = GoogleCredential.FromFile("key.json"); //! AGD0103|AGD0104
        var b = GoogleCredential.FromStream(stream); //! AGD0103|AGD0104
        var c = GoogleCredential.GetApplicationDefault(); //! AGD0103
        var d = a.CreateScoped("scope");
        var e = GoogleCredential.FromAccessToken("token");
        await GoogleJsonWebSignature.ValidateAsync("jwt");
    }

    static async Task Through()
    {
        Load(); //! AGD0105
        await Task.Yield();
    }

    static GoogleCredential Load() => GoogleCredential.FromFile("key.json").CreateScoped("scope");
}
