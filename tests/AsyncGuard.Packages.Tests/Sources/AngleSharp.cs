using AngleSharp;
using AngleSharp.Html.Parser;

class Uses
{
    static async Task Directly(HtmlParser parser, Stream stream, CancellationToken token)
    {
        var document = parser.ParseDocument("<p/>");
        var streamed = parser.ParseDocument(stream); //! AGD0103
        var context = BrowsingContext.New(Configuration.Default.WithDefaultLoader());
        var opened = await context.OpenAsync("https://example.com"); //! AGD0301
        var text = document.ToHtml();
        await Task.Delay(1, token);
    }
}
