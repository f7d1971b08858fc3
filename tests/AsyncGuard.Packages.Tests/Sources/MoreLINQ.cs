using MoreLinq.Experimental;

class Uses
{
    static async Task Directly(int[] items)
    {
        var results = items.Await(async (item, token) =>
        {
            await Task.Delay(item, token);
            return item;
        });
        foreach (var result in results) await Task.Yield(); //! AGD0104
        var ordered = results.AsOrdered().ToList(); //! AGD0104
    }
}
