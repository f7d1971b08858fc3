using SmartReader;

class Uses
{
    static async Task Directly(string uri, string html)
    {
        var article = Reader.ParseArticle(uri); //! AGD0103
        var read = new Reader(uri).GetArticle(); //! AGD0103
        var text = article.TextContent;
        var title = article.Title;
        await Reader.ParseArticleAsync(uri);
    }

    static async Task Through(string uri)
    {
        Text(uri); //! AGD0105
        await Task.Yield();
    }

    static string Text(string uri) => Reader.ParseArticle(uri).TextContent;
}
