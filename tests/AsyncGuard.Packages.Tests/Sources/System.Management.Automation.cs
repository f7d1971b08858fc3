using System.Management.Automation;
using System.Management.Automation.Runspaces;

class Uses
{
    static async Task Directly(PowerShell shell)
    {
        var found = shell.AddCommand("Get-Process").Invoke(); //! AGD0103|AGD0104
        using var space = RunspaceFactory.CreateRunspace();
        space.Open(); //! AGD0104
        shell.Stop(); //! AGD0104
        await shell.InvokeAsync();
    }

    static async Task Through(PowerShell shell)
    {
        Run(shell); //! AGD0105
        await Task.Yield();
    }

    static int Run(PowerShell shell) => shell.AddCommand("Get-Process").Invoke().Count;
}
