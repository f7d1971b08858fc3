#!/usr/bin/env bash
# What Dispose of a container does with a singleton that is IAsyncDisposable alone: Microsoft.Extensions.DependencyInjection 10.0.15, Autofac 9.3.3, SimpleInjector 4.9.1.
# The guess: whichever container it is, either it throws, as that of Microsoft does, or it disposes the service.
# Seen: Microsoft's throws InvalidOperationException. Autofac disposes the service and holds the caller until its DisposeAsync has ended. SimpleInjector does neither: no exception, and the service is never disposed.
# Why the guess misses it: code that runs with one container runs with the other, and each answer is reasonable by itself. On a move what was an exception becomes a blocking call, or what was flushed on the way out is not flushed any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.DependencyInjection@10.0.15
#:package Autofac@9.3.3
#:package SimpleInjector@4.9.1
using Autofac;
using Microsoft.Extensions.DependencyInjection;

Console.WriteLine($".NET {Environment.Version}");
var provider = new ServiceCollection().AddSingleton<Writer>().BuildServiceProvider();
provider.GetRequiredService<Writer>();
Show("Microsoft.Extensions.DependencyInjection", provider);

var builder = new ContainerBuilder();
builder.RegisterType<Writer>().SingleInstance();
var autofac = builder.Build();
autofac.Resolve<Writer>();
Show("Autofac", autofac);

var simple = new SimpleInjector.Container();
simple.Register<Writer>(SimpleInjector.Lifestyle.Singleton);
simple.GetInstance<Writer>();
Show("SimpleInjector", simple);

static void Show(string name, IDisposable container)
{
    Writer.Begun = Writer.Ended = false;
    try
    {
        container.Dispose();
        Console.WriteLine($"{name}: disposal begun {Writer.Begun}, ended {Writer.Ended}");
    }
    catch (InvalidOperationException exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}, disposal begun {Writer.Begun}");
    }
}

public sealed class Writer : IAsyncDisposable
{
    public static bool Begun { get; set; }

    public static bool Ended { get; set; }

    public async ValueTask DisposeAsync()
    {
        Begun = true;
        await Task.Delay(300);
        Ended = true;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Microsoft.Extensions.DependencyInjection: InvalidOperationException, disposal begun False' <<< "$output" || { echo "Changed: no line matches '^Microsoft.Extensions.DependencyInjection: InvalidOperationException, disposal begun False'"; exit 1; }
grep -qE '^Autofac: disposal begun True, ended True' <<< "$output" || { echo "Changed: no line matches '^Autofac: disposal begun True, ended True'"; exit 1; }
grep -qE '^SimpleInjector: disposal begun False, ended False' <<< "$output" || { echo "Changed: no line matches '^SimpleInjector: disposal begun False, ended False'"; exit 1; }
echo "As described."
