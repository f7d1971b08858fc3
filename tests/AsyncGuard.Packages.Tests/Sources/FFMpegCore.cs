using FFMpegCore;

class Uses
{
    static async Task Directly()
    {
        FFMpegArguments.FromFileInput("a.mp4").OutputToFile("b.mp4").ProcessSynchronously(); //! AGD0104
        await FFMpegArguments.FromFileInput("a.mp4").OutputToFile("b.mp4").ProcessAsynchronously();
        var media = FFProbe.Analyse("a.mp4"); //! AGD0103
        var image = FFMpeg.Snapshot("a.mp4", "c.png"); //! AGD0104
    }
}
