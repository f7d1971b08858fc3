namespace Quickstart.Before;

public static class Endpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/slow", async (Outbox outbox) =>
        {
            Thread.Sleep(200);                                             // AGD0101
            await outbox.FlushAsync(CancellationToken.None);
            return Results.Ok();
        });

        routes.MapGet("/terms", async (HttpResponse response) =>
        {
            var terms = File.ReadAllText("terms.txt");                     // AGD0103
            await response.WriteAsync(terms);                              // AGD0301
        });

        routes.MapGet("/quote/{currency}", async (string currency, Rates rates, PriceFeed feed) =>
        {
            var price = feed.NextAsync();
            var rate = rates.GetAsync(currency, CancellationToken.None);
            Task.WaitAll(price, rate);                                     // AGD0102
            await Task.Yield();
            return price.Result * rate.Result;                             // AGD0102, twice
        });

        routes.MapPost("/orders", async (HttpRequest request, Outbox outbox) =>
        {
            using var reader = new StreamReader(request.Body);
            var order = reader.ReadToEnd();                                // AGD0103
            outbox.SendAsync(order).ConfigureAwait(false);                 // AGD0201
            await Task.Yield();
            return Results.Accepted();
        });
    }
}
