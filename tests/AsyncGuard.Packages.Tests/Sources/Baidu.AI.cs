using Baidu.Aip.Ocr;

class Uses
{
    static async Task Directly(Ocr ocr, byte[] image)
    {
        var result = ocr.GeneralBasic(image); //! AGD0104
        var accurate = ocr.AccurateBasic(image); //! AGD0104
        await Task.Yield();
    }
}
