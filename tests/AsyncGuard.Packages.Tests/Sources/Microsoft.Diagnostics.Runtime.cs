using Microsoft.Diagnostics.Runtime;

class Uses
{
    static async Task Directly(string path, int process)
    {
        using var dump = DataTarget.LoadDump(path); //! AGD0104
        using var attached = DataTarget.AttachToProcess(process, suspend: true); //! AGD0104
        using var copy = DataTarget.CreateSnapshotAndAttach(process); //! AGD0104
        await Task.Yield();
    }
}
