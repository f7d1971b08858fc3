using Akka.Actor;

class Uses
{
    static async Task Directly(ActorSystem system, IActorRef actor, Inbox inbox, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var message = inbox.Receive(TimeSpan.FromSeconds(1)); //! AGD0103
        actor.Tell("a");
        var answer = actor.Ask<string>("a").Result; //! AGD0102 AGD0301
        await actor.Ask<string>("a"); //! AGD0301
        system.Terminate(); //? AGD0201
        await system.WhenTerminated;
    }

    static async Task Through(IActorRef actor, Inbox inbox)
    {
        Get(actor); //! AGD0105
        Hear(inbox); //! AGD0105
        await Task.Yield();
    }

    static string Get(IActorRef actor) => actor.Ask<string>("a").Result; //? AGD0108

    static object Hear(Inbox inbox) => inbox.Receive();
}
