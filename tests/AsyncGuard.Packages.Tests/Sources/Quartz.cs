using Quartz;

class Job : IJob
{
    public async Task Execute(IJobExecutionContext context)
    {
        Thread.Sleep(100); //! AGD0101
        await Task.Delay(1); //! AGD0301
        await Task.Delay(1, context.CancellationToken);
    }
}

class Uses
{
    static void Dropped(IScheduler scheduler)
    {
        scheduler.Start(); //! AGD0201
    }

    static async Task Directly(IScheduler scheduler, CancellationToken token)
    {
        await scheduler.Start(token);
        scheduler.Clear(token).Wait(); //! AGD0102
    }
}
