using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Jobs;

class Uses
{
    static async Task Directly(string[] args)
    {
        BenchmarkRunner.Run<Uses>(); //! AGD0104
        BenchmarkRunner.Run(typeof(Uses)); //! AGD0104
        BenchmarkSwitcher.FromAssembly(typeof(Uses).Assembly).Run(args); //! AGD0104
        var config = ManualConfig.CreateEmpty().AddJob(Job.Default);
        var job = Job.Dry.WithId("a");
        await Task.Yield();
    }

    static async Task Through()
    {
        Run(); //! AGD0105
        await Task.Yield();
    }

    static void Run() => BenchmarkRunner.Run<Uses>();
}
