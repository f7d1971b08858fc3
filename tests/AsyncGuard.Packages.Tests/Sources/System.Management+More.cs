using System.Management;

class More
{
    static async Task Directly(ManagementObject item, ManagementEventWatcher watcher)
    {
        item.Get(); //! AGD0104
        var result = item.InvokeMethod("a", []); //! AGD0104
        var next = watcher.WaitForNextEvent(); //! AGD0104
        await Task.Yield();
    }
}
