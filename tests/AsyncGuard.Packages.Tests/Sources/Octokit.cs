using Octokit;

class Uses
{
    static async Task<string> PerCallAsync()
    {
        var client = new GitHubClient(new ProductHeaderValue("a")); //! AGD0501
        var user = await client.User.Get("a");
        return user.Login;
    }

    static async Task Directly(GitHubClient client)
    {
        var user = client.User.Get("a").Result; //! AGD0102
        _ = client.User.Get("b"); //! AGD0202
        await client.User.Get("c");
    }
}
