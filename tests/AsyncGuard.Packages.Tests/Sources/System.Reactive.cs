using System.Reactive.Linq;

class Uses
{
    static async Task Directly(IObservable<int> values)
    {
        var last = values.Wait(); //! AGD0104
        var first = values.First(); //! AGD0104
        var second = await values.FirstAsync();
        foreach (var value in values.ToEnumerable()) Console.WriteLine(value); //! AGD0104
        using var subscription = values.Subscribe(value => Console.WriteLine(value));
        await values;
    }

    static async Task Through(IObservable<int> values)
    {
        Last(values); //! AGD0105
        await Task.Yield();
    }

    static int Last(IObservable<int> values) => values.Wait();
}
