using System;
using System.Threading;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>
/// Goes on with a new thread after each await, so that what belongs to one thread never finds itself back there by chance.
/// </summary>
internal sealed class HoppingContext(Caller caller) : SynchronizationContext
{
    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        var thread = new Thread(() =>
        {
            SetSynchronizationContext(this);
            try
            {
                d(state);
            }
            catch (Exception error)
            {
                // Nothing awaits it: the process of a real program would end here.
                caller.Crash(error);
            }
            finally
            {
                caller.World.Leave(Thread.CurrentThread);
            }
        })
        { IsBackground = true };
        caller.World.Enter(thread);
        thread.UnsafeStart();
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);
}
