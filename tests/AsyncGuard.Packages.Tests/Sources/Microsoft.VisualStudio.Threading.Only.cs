using Microsoft.VisualStudio.Threading;

class Uses
{
    static async Task Directly(JoinableTaskFactory factory, JoinableTask joinable, AsyncLazy<string> lazy, AsyncSemaphore gate, CancellationToken token)
    {
        factory.Run(async () => await Task.Yield()); //! AGD0102|AGD0103|AGD0104
        joinable.Join(); //! AGD0102|AGD0103
        var value = lazy.GetValue(); //! AGD0103
        Task.Delay(10).WaitWithoutInlining(); //! AGD0102 AGD0301
        await gate.EnterAsync(); //! AGD0301
        Task.Delay(10, token).Forget();
        await joinable.JoinAsync(token);
    }

    static async Task Through(JoinableTaskFactory factory, AsyncLazy<string> lazy)
    {
        Block(factory); //! AGD0105
        Get(lazy); //! AGD0105
        await Task.Yield();
    }

    static void Block(JoinableTaskFactory factory) => factory.Run(async () => await Task.Delay(10)); //? AGD0108

    static string Get(AsyncLazy<string> lazy) => lazy.GetValue();
}
