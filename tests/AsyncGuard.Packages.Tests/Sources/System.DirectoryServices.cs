using System.DirectoryServices;

class Uses
{
    static async Task Directly(DirectorySearcher searcher, DirectoryEntry entry)
    {
        var one = searcher.FindOne(); //! AGD0104
        var all = searcher.FindAll(); //! AGD0104
        entry.CommitChanges(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(DirectorySearcher searcher)
    {
        Find(searcher); //! AGD0105
        await Task.Yield();
    }

    static SearchResult? Find(DirectorySearcher searcher) => searcher.FindOne();
}
