using Svg;
using Svg.Model.Services;

class Uses
{
    static async Task Directly(Stream stream)
    {
        var document = SvgService.Open("file.svg"); //! AGD0104
        document = SvgService.OpenSvg("file.svg"); //! AGD0104
        document = SvgService.Open(stream); //! AGD0104
        document = SvgService.FromSvg("<svg/>");
        document = SvgService.Open(new MemoryStream());
        await Task.Yield();
    }

    static async Task Through()
    {
        var document = Load(); //! AGD0105
        await Task.Yield();
    }

    static SvgDocument? Load() => SvgService.OpenSvg("file.svg");
}
