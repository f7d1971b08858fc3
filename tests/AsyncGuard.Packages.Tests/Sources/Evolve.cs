using EvolveDb;

class Uses
{
    static async Task Directly(Evolve evolve)
    {
        evolve.Migrate(); //! AGD0104
        await Task.Yield();
    }
}
