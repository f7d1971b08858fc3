using WorkflowCore.Interface;
using WorkflowCore.Models;

class Step : StepBodyAsync
{
    public override async Task<ExecutionResult> RunAsync(IStepExecutionContext context)
    {
        Thread.Sleep(100); //! AGD0101
        await Task.Delay(1); //? AGD0301
        return ExecutionResult.Next();
    }
}

class Uses
{
    static async Task Directly(IWorkflowHost host)
    {
        host.Start(); //! AGD0103
        await host.StartWorkflow("id");
        host.Stop(); //! AGD0103
    }
}
