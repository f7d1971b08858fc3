using System.Management;

class Uses
{
    static async Task Directly(ManagementObjectSearcher searcher)
    {
        foreach (var found in searcher.Get()) Console.WriteLine(found); //! AGD0104
        await Task.Yield();
    }
}
