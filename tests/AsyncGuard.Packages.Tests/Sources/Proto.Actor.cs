using Proto;

class Worker : IActor
{
    private readonly List<int> _values = new();

    public Task ReceiveAsync(IContext context)
    {
        switch (context.Message)
        {
            case string:
                context.ReenterAfter(LoadAsync(), task =>
                {
                    _values.Add(task.Result);
                    return Task.CompletedTask;
                });
                break;
            case ReceiveTimeout:
                context.Stop(context.Self);
                break;
            case PID other:
                context.Poison(other);
                break;
        }

        return Task.CompletedTask;
    }

    static async Task<int> LoadAsync()
    {
        await Task.Yield();
        return 1;
    }
}

class Uses
{
    static async Task Directly(ActorSystem system, PID actor, CancellationToken token)
    {
        system.Root.Send(actor, "a");
        system.Root.Stop(actor);
        system.Root.Poison(actor);
        var answer = system.Root.RequestAsync<string>(actor, "a", token).Result; //! AGD0102
        await system.Root.RequestAsync<string>(actor, "a");
        system.Root.StopAsync(actor); //? AGD0201
        await system.Root.PoisonAsync(actor);
    }

    static async Task Through(ActorSystem system, PID actor)
    {
        Get(system, actor); //! AGD0105
        await Task.Yield();
    }

    static string Get(ActorSystem system, PID actor) => system.Root.RequestAsync<string>(actor, "a").Result; //? AGD0108
}
