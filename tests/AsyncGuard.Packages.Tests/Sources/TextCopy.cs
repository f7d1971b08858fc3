using TextCopy;

class Uses
{
    static async Task Directly(IClipboard clipboard, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        ClipboardService.SetText("a"); //! AGD0103
        var text = clipboard.GetText(); //! AGD0103
        await clipboard.SetTextAsync("a"); //! AGD0301
    }
}
