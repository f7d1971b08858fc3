using Mono.Unix;
using Mono.Unix.Native;

class Uses
{
    static async Task Directly(UnixSignal[] signals, UnixFileInfo file)
    {
        UnixSignal.WaitAny(signals); //! AGD0104
        UnixSignal.WaitAny(signals, 1000); //! AGD0104
        signals[0].WaitOne(); //! AGD0104
        var signal = new UnixSignal(Signum.SIGTERM);
        var isSet = signal.IsSet;
        var id = Syscall.getpid();
        await Task.Yield();
    }

    static async Task Through(UnixSignal[] signals)
    {
        Wait(signals); //! AGD0105
        await Task.Yield();
    }

    static void Wait(UnixSignal[] signals) => UnixSignal.WaitAny(signals);
}
