namespace Quickstart.After;

public static class Endpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/slow", async (Outbox outbox, CancellationToken cancellationToken) =>
        {
            await Task.Delay(200, cancellationToken);
            await outbox.FlushAsync(cancellationToken);
            return Results.Ok();
        });

        routes.MapGet("/terms", async (HttpContext context) =>
        {
            var terms = await File.ReadAllTextAsync("terms.txt", context.RequestAborted);
            await File.AppendAllTextAsync("visits.log", "terms\n", context.RequestAborted);
            return terms;
        });

        routes.MapGet("/quote/{currency}", async (string currency, Rates rates, PriceFeed feed, CancellationToken cancellationToken) =>
        {
            var price = feed.NextAsync();
            var rate = rates.GetAsync(currency, cancellationToken);
            await Task.WhenAll(price, rate);
            return await price * await rate;
        });

        routes.MapGet("/price", async (PriceFeed feed, ILogger<PriceFeed> logger) =>
        {
            var price = await feed.NextAsync();
            logger.LogInformation("Sold at {Price}", price);
            return price;
        });

        routes.MapPost("/orders", async (HttpRequest request, Outbox outbox, CancellationToken cancellationToken) =>
        {
            using var reader = new StreamReader(request.Body);
            var order = await reader.ReadToEndAsync(cancellationToken);
            await outbox.SendAsync(order, cancellationToken);
            await outbox.FlushAsync(cancellationToken);
            return Results.Accepted();
        });
    }
}
