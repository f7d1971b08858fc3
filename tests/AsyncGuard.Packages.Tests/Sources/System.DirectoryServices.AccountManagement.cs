using System.DirectoryServices.AccountManagement;

class Uses
{
    static async Task Directly()
    {
        using var context = new PrincipalContext(ContextType.Domain); //! AGD0104
        var valid = context.ValidateCredentials("a", "b"); //! AGD0104
        using var user = UserPrincipal.FindByIdentity(context, "a"); //! AGD0104
        var groups = user.GetGroups(); //! AGD0104
        user.Save(); //! AGD0104
        using var searcher = new PrincipalSearcher(user);
        var found = searcher.FindOne(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(PrincipalContext context)
    {
        Check(context); //! AGD0105
        await Task.Yield();
    }

    static bool Check(PrincipalContext context) => context.ValidateCredentials("a", "b");
}
