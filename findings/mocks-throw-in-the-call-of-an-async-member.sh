#!/usr/bin/env bash
# Moq 4.21.0, NSubstitute 6.1.0, FakeItEasy 6.0.1: "Throws" for a member that returns a task throws in the call itself; no task is returned.
# The guess: the library sees that the member returns a task and gives one that is faulted, as the real, async implementation does.
# Seen: in all three the exception leaves the call before there is anything to await. ThrowsAsync gives a faulted task.
# Why the guess misses it: "await service.SaveAsync()" shows no difference. Code that starts two calls and awaits them with Task.WhenAll, or keeps the task for later, fails at another place in the test than in production: the second call is never made, and the handler around the await is not reached.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Moq@4.21.0
#:package NSubstitute@6.1.0
#:package FakeItEasy@6.0.1
using FakeItEasy;
using Moq;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

Console.WriteLine($".NET {Environment.Version}");
var failure = new InvalidDataException("refused");
foreach (var asynchronous in new[] { false, true })
{
    var name = asynchronous ? "ThrowsAsync" : "Throws";
    var mock = new Mock<IService>();
    var setup = mock.Setup(service => service.SaveAsync());
    if (asynchronous) setup.ThrowsAsync(failure);
    else setup.Throws(failure);
    Show($"Moq, {name}", mock.Object);

    var substitute = Substitute.For<IService>();
    if (asynchronous) substitute.SaveAsync().ThrowsAsync(failure);
    else substitute.SaveAsync().Throws(failure);
    Show($"NSubstitute, {name}", substitute);

    var fake = A.Fake<IService>();
    var call = A.CallTo(() => fake.SaveAsync());
    if (asynchronous) call.ThrowsAsync(failure);
    else call.Throws(failure);
    Show($"FakeItEasy, {name}", fake);
}

static void Show(string name, IService service)
{
    try
    {
        Console.WriteLine($"{name}: a task, {service.SaveAsync().Status}");
    }
    catch (InvalidDataException)
    {
        Console.WriteLine($"{name}: in the call");
    }
}

public interface IService
{
    Task SaveAsync();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Moq, Throws: in the call' <<< "$output" || { echo "Changed: no line matches '^Moq, Throws: in the call'"; exit 1; }
grep -qE '^NSubstitute, Throws: in the call' <<< "$output" || { echo "Changed: no line matches '^NSubstitute, Throws: in the call'"; exit 1; }
grep -qE '^FakeItEasy, Throws: in the call' <<< "$output" || { echo "Changed: no line matches '^FakeItEasy, Throws: in the call'"; exit 1; }
grep -qE '^Moq, ThrowsAsync: a task, Faulted' <<< "$output" || { echo "Changed: no line matches '^Moq, ThrowsAsync: a task, Faulted'"; exit 1; }
grep -qE '^NSubstitute, ThrowsAsync: a task, Faulted' <<< "$output" || { echo "Changed: no line matches '^NSubstitute, ThrowsAsync: a task, Faulted'"; exit 1; }
grep -qE '^FakeItEasy, ThrowsAsync: a task, Faulted' <<< "$output" || { echo "Changed: no line matches '^FakeItEasy, ThrowsAsync: a task, Faulted'"; exit 1; }
echo "As described."
