using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Etlx;

class Uses
{
    static async Task Directly(EventPipeEventSource source, Stream stream)
    {
        source.Process(); //! AGD0104
        var log = TraceLog.CreateFromEventPipeDataFile("trace.nettrace"); //! AGD0104
        using var opened = TraceLog.OpenOrConvert("trace.nettrace"); //! AGD0104
        source.Dynamic.All += data => Console.Write(data.EventName);
        source.StopProcessing();
        await Task.Yield();
    }

    static async Task Through(EventPipeEventSource source)
    {
        Run(source); //! AGD0105
        await Task.Yield();
    }

    static void Run(EventPipeEventSource source)
    {
        source.Dynamic.All += static _ => { };
        source.Process();
    }
}
