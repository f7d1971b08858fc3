using NPOI.HSSF.UserModel;
using NPOI.SS.UserModel;

class More
{
    static async Task Directly(Stream stream)
    {
        IWorkbook book = new HSSFWorkbook(stream); //! AGD0104
        IWorkbook memory = new HSSFWorkbook(new MemoryStream()); //? AGD0104
        IWorkbook empty = new HSSFWorkbook();
        await Task.Yield();
    }
}
