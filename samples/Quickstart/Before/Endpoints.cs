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

        routes.MapGet("/terms", async (HttpContext context) =>
        {
            var terms = File.ReadAllText("terms.txt");                     // AGD0103
            await File.AppendAllTextAsync("visits.log", "terms\n");          // AGD0301
            return terms;
        });

        routes.MapGet("/quote/{currency}", async (string currency, Rates rates, PriceFeed feed) =>
        {
            var price = feed.NextAsync();
            var rate = rates.GetAsync(currency, CancellationToken.None);
            Task.WaitAll(price, rate);                                     // AGD0102
            return await price * await rate;
        });

        routes.MapGet("/price", async (PriceFeed feed, ILogger<PriceFeed> logger) =>
        {
            await Task.Yield();
            var price = feed.NextAsync().Result;                           // AGD0102
            logger.LogInformation("Sold at {Price}", price);
            return price;
        });

        routes.MapPost("/orders", async (HttpRequest request, Outbox outbox) =>
        {
            using var reader = new StreamReader(request.Body);
            var order = reader.ReadToEnd();                                // AGD0103
            outbox.SendAsync(order);                                       // CS4014
            await outbox.FlushAsync(request.HttpContext.RequestAborted);
            return Results.Accepted();
        });
    }
}
