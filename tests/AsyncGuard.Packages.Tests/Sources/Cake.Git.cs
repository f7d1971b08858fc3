using Cake.Core;
using Cake.Git;

class Uses
{
    static async Task Directly(ICakeContext context)
    {
        var path = context.GitClone("https://example.com/a.git", "a"); //! AGD0104
        context.GitPull("a", "name", "mail"); //! AGD0104
        context.GitPush("a"); //! AGD0104
        context.GitPushRef("a", "origin", "main"); //! AGD0104
        context.GitCheckout("a", "main"); //! AGD0104
        context.GitAddAll("a"); //! AGD0104
        var commit = context.GitCommit("a", "name", "mail", "message"); //! AGD0104
        var settings = new GitCloneSettings();
        await Task.Yield();
    }

    static async Task Through(ICakeContext context)
    {
        Fetch(context); //! AGD0105
        await Task.Yield();
    }

    static void Fetch(ICakeContext context) => context.GitClone("https://example.com/a.git", "a");
}
