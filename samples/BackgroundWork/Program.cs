using System;
using System.Linq;
using System.Threading.Tasks;
using BackgroundWork;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<BackgroundService>();
builder.Services.AddHostedService(static services => services.GetRequiredService<BackgroundService>());
var app = builder.Build();

// The answer does not wait for the mail; the mail does not die with the request.
app.MapPost("/orders/{id:int}", static (int id, BackgroundService background) =>
    background.Group.TryStart(async token => await Task.Delay(TimeSpan.FromSeconds(2), token), name: $"mail for order {id}")
        ? Results.Accepted()
        : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));

app.MapGet("/background", static (BackgroundService background) => background.Group.Running.Select(static child => child.ToString()));

await app.RunAsync();
