using HtmlAgilityPack;

class Uses
{
    static async Task Directly(HtmlWeb web, string html)
    {
        var page = web.Load("https://example.com"); //! AGD0103
        var document = new HtmlDocument();
        document.LoadHtml(html);
        document.Load("a.html"); //! AGD0104
        document.Save("b.html"); //! AGD0104
        var node = document.DocumentNode.SelectSingleNode("//p");
        await Task.Yield();
    }

    static async Task Through(HtmlWeb web)
    {
        Title(web); //! AGD0105
        await Task.Yield();
    }

    static string Title(HtmlWeb web) => web.Load("https://example.com").DocumentNode.InnerText;
}
