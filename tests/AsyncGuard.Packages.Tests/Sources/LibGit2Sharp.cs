using LibGit2Sharp;

class Uses
{
    static async Task Directly(Repository repository, Signature signature)
    {
        var path = Repository.Clone("https://example.com/a.git", "a"); //! AGD0104
        Commands.Fetch(repository, "origin", ["+refs/heads/*:refs/remotes/origin/*"], null, null); //! AGD0104
        Commands.Pull(repository, signature, null); //! AGD0104
        repository.Network.Push(repository.Head); //! AGD0104
        Commands.Checkout(repository, "main"); //! AGD0104
        var status = repository.RetrieveStatus(); //! AGD0104
        Console.WriteLine(repository.Head.FriendlyName);
        await Task.Yield();
    }

    static async Task Through()
    {
        Fetch("https://example.com/a.git"); //! AGD0105
        await Task.Yield();
    }

    static string Fetch(string address) => Repository.Clone(address, "a");
}
