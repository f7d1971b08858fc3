namespace Workers;

/// <summary>One piece of work, and how long it takes.</summary>
public sealed record Order(int Number, TimeSpan Duration)
{
    /// <summary>The same orders in every run: 10 to 100 ms each.</summary>
    public static IReadOnlyList<Order> Some(int count)
    {
        var random = new Random(42);
        return [.. Enumerable.Range(1, count).Select(number => new Order(number, TimeSpan.FromMilliseconds(random.Next(10, 100))))];
    }

    /// <summary>Orders as they come from outside: one after the other, and no one knows how many.</summary>
    public static async IAsyncEnumerable<Order> ArriveAsync(IEnumerable<Order> orders)
    {
        foreach (var order in orders)
        {
            await Task.Yield();
            yield return order;
        }
    }
}
