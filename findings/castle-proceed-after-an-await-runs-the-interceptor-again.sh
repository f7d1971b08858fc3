#!/usr/bin/env bash
# Castle.Core 5.2.1: IInvocation.Proceed, called by an interceptor behind an await, runs that interceptor again and not the method; what CaptureProceedInfo gave before the await calls the method.
# The guess: Proceed goes on to what stands behind the interceptor, whenever it is called.
# Seen: an interceptor that awaits and then proceeds is entered twice, and the second time its Proceed stands before an await and calls the method. One that always awaits first would never reach the method.
# Why the guess misses it: the place in the chain is a counter of the invocation that is put back when Intercept returns, and an async interceptor returns at its first await. The code is right for each interceptor that has nothing to wait for, such as a cache that hits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Castle.Core@5.2.1
using Castle.DynamicProxy;

Console.WriteLine($".NET {Environment.Version}");
var work = new Work();
var interceptor = new Late();
await new ProxyGenerator().CreateInterfaceProxyWithTarget<IWork>(work, interceptor).DoAsync();
Console.WriteLine($"Proceed: entered {interceptor.Entered}, calls {work.Calls}");

work = new Work();
var captured = new Captured();
await new ProxyGenerator().CreateInterfaceProxyWithTarget<IWork>(work, captured).DoAsync();
Console.WriteLine($"CaptureProceedInfo: entered {captured.Entered}, calls {work.Calls}");

public interface IWork
{
    Task DoAsync();
}

public sealed class Work : IWork
{
    public int Calls { get; private set; }

    public Task DoAsync()
    {
        Calls++;
        return Task.CompletedTask;
    }
}

// The second time it does not wait, so that the example ends.
sealed class Late : IInterceptor
{
    public int Entered { get; private set; }

    public void Intercept(IInvocation invocation)
    {
        if (++Entered == 1) invocation.ReturnValue = ProceedAsync(invocation);
        else invocation.Proceed();
    }

    private static async Task ProceedAsync(IInvocation invocation)
    {
        await Task.Delay(50);
        invocation.Proceed();
    }
}

sealed class Captured : IInterceptor
{
    public int Entered { get; private set; }

    public void Intercept(IInvocation invocation)
    {
        Entered++;
        invocation.ReturnValue = ProceedAsync(invocation.CaptureProceedInfo());
    }

    private static async Task ProceedAsync(IInvocationProceedInfo proceed)
    {
        await Task.Delay(50);
        proceed.Invoke();
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Proceed: entered 2, calls 1' <<< "$output" || { echo "Changed: no line matches '^Proceed: entered 2, calls 1'"; exit 1; }
grep -qE '^CaptureProceedInfo: entered 1, calls 1' <<< "$output" || { echo "Changed: no line matches '^CaptureProceedInfo: entered 1, calls 1'"; exit 1; }
echo "As described."
