using Microsoft.Build.Logging.StructuredLogger;
using Task = System.Threading.Tasks.Task;

class Uses
{
    static async Task Directly(string path)
    {
        var build = BinaryLog.ReadBuild(path); //! AGD0104
        var read = Serialization.Read(path); //! AGD0104
        Serialization.Write(build, path); //! AGD0104
        BuildAnalyzer.AnalyzeBuild(build);
        await Task.Yield();
    }
}
