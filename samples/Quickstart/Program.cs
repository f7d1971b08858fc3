var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHttpClient();
builder.Services.AddSingleton<Quickstart.Before.PriceFeed>();
builder.Services.AddSingleton<Quickstart.Before.Uploads>();
builder.Services.AddSingleton<Quickstart.Before.Rates>();
builder.Services.AddSingleton<Quickstart.Before.Outbox>();
builder.Services.AddHostedService<Quickstart.Before.Warmup>();
builder.Services.AddSingleton<Quickstart.After.PriceFeed>();
builder.Services.AddSingleton<Quickstart.After.Uploads>();
builder.Services.AddSingleton<Quickstart.After.Rates>();
builder.Services.AddSingleton<Quickstart.After.Outbox>();
builder.Services.AddHostedService<Quickstart.After.Warmup>();

var app = builder.Build();
Quickstart.Before.Endpoints.Map(app.MapGroup("/before"));
Quickstart.After.Endpoints.Map(app.MapGroup("/after"));
await app.RunAsync();
