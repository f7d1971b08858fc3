using MAB.DotIgnore;

class Uses
{
    static async Task Directly(IgnoreList list, string[] rules)
    {
        var own = new IgnoreList(".gitignore"); //! AGD0104
        list.AddRules(".gitignore"); //! AGD0104
        list.AddRules(rules);
        list.AddRule("*.tmp");
        var known = new IgnoreList(rules);
        if (list.IsIgnored("a.tmp", false)) Console.Write(list.Clone().Rules.Count);
        await Task.Yield();
    }

    static async Task Through()
    {
        var list = Load(); //! AGD0105
        await Task.Yield();
    }

    static IgnoreList Load() => new IgnoreList(".gitignore");
}
