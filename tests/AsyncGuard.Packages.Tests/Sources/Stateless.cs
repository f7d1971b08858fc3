using Stateless;

class Uses
{
    static async Task Directly(StateMachine<int, string> machine)
    {
        machine.Configure(1).Permit("go", 2).OnEntry(() => { });
        machine.Configure(2).OnEntryAsync(async () => await Task.Yield());
        machine.Fire("go");
        await machine.FireAsync("go");
        machine.FireAsync("go").Wait(); //! AGD0102
        machine.Activate();
        if (machine.CanFire("go")) return;
    }

    static void Dropped(StateMachine<int, string> machine)
    {
        machine.FireAsync("go"); //! AGD0201
    }
}
