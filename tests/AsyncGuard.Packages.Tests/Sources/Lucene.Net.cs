using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;

class Uses
{
    static async Task Directly(IndexWriter writer, IndexSearcher searcher, Query query)
    {
        using var directory = FSDirectory.Open("index");
        var top = searcher.Search(query, 10); //! AGD0104
        writer.Commit(); //! AGD0104
        writer.ForceMerge(1); //! AGD0104
        writer.ForceMerge(1, doWait: true); //! AGD0104
        writer.ForceMerge(1, doWait: false);
        writer.ForceMergeDeletes(true); //! AGD0104
        using var reader = DirectoryReader.Open(directory); //! AGD0104
        await Task.Yield();
    }
}
