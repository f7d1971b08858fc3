class Uses
{
    static async Task Directly(string html, Stream stream)
    {
        var moved = PreMailer.Net.PreMailer.MoveCssInline(html); //? AGD0104 AGD0106
        var text = moved.Html;
        var fromStream = PreMailer.Net.PreMailer.MoveCssInline(stream); //! AGD0104
        var warnings = moved.Warnings;
        await Task.Yield();
    }
}
