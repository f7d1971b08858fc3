using DbUp.Engine;

class Uses
{
    static async Task Directly(UpgradeEngine engine)
    {
        var result = engine.PerformUpgrade(); //! AGD0104
        await Task.Yield();
    }
}
