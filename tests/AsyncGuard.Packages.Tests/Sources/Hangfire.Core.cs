using Hangfire;

class Uses
{
    static async Task Directly(IBackgroundJobClient jobs)
    {
        var id = jobs.Enqueue(() => Console.WriteLine("a"));
        BackgroundJob.Schedule(() => Console.WriteLine("b"), TimeSpan.FromMinutes(1));
        await Task.Yield();
    }
}
