using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>
/// A test's program, compiled and loaded: <c>C.RunAsync</c>, with a token or without, may be called as often as one likes, each time on a
/// new <c>C</c>.
/// </summary>
internal sealed class Program
{
    public const string CallersToken = "the token";

    private const int MostTries = 6;

    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly MetadataReference Reference = MetadataReference.CreateFromFile(typeof(Observed).Assembly.Location);

    private readonly Type _type;
    private readonly MethodInfo _method;

    // Some programs hold their threads, which is what the rules are about.
    static Program()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 32), ports);
    }

    private Program(Type type)
    {
        _type = type;
        _method = type.GetMethod("RunAsync", All) ?? throw new InvalidOperationException("The program has no C.RunAsync");
        Tokens =
        [
            .. _method.GetParameters().Length > 0 ? [CallersToken] : Array.Empty<string>(),
            .. type.GetFields(All).Where(field => field.FieldType == typeof(CancellationTokenSource)).Select(field => field.Name),
        ];
    }

    /// <summary>The tokens that can be cancelled.</summary>
    public ImmutableArray<string> Tokens { get; }

    /// <summary>Adds what programs use.</summary>
    public static RuleTestOptions Options(RuleTestOptions options) => options with
    {
        ExtraReferences = options.ExtraReferences.Add(Reference),
        ExtraUsings = options.Kind == SourceKind.Members ? options.ExtraUsings.Add(typeof(Observed).Namespace!) : options.ExtraUsings,
    };

    public static async Task<Program> LoadAsync(ProjectFiles files, RuleTestOptions options)
    {
        using var image = await ProgramRun.EmitAsync(files, options).ConfigureAwait(false);
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        context.Resolving += static (_, name) => name.Name == "AsyncGuard.Runtime"
            ? AssemblyLoadContext.Default.LoadFromAssemblyPath(RuntimeLibrary.Path) : null;
        return new(context.LoadFromStream(image).GetType("C", throwOnError: true)!);
    }

    public static string Describe(Exception error) =>
        error is AggregateException all ? $"AggregateException({string.Join(", ", all.InnerExceptions.Select(Describe))})"
        : error.GetType().Name;

    /// <summary>Runs it once.</summary>
    /// <param name="plan">What happens meanwhile.</param>
    /// <param name="quiet">How long nothing happens where all that can happen has happened.</param>
    /// <param name="patience">How long a caller waits for its answer.</param>
    public async Task<(Outcome Outcome, ImmutableArray<Place> Places)> RunAsync(Plan plan, TimeSpan quiet, TimeSpan patience)
    {
        var world = new World(plan);
        var program = Activator.CreateInstance(_type, nonPublic: true)!;
        foreach (var field in _type.GetFields(All).Where(field => field.FieldType == typeof(CancellationTokenSource)))
            world.Fields[field.Name] = (CancellationTokenSource)field.GetValue(program)!;
        world.Callers.Add(new(world, 0));
        if (plan.Second is not null) world.Callers.Add(new(world, 1));

        if (plan.Fault is { Cancels: true } first && first.Place == Place.Start) world.Cancel(first);
        var calls = ImmutableArray.CreateBuilder<Task<object?>>();
        calls.Add(Call(program, world.Callers[0]));
        if (plan.Second is not null)
        {
            await Task.WhenAny(world.Stands, calls[0], Task.Delay(patience)).ConfigureAwait(false);
            calls.Add(Call(program, world.Callers[1]));
            await world.SettleAsync(calls[1], quiet, patience).ConfigureAwait(false);
            if (plan.Fault is { Kind: FaultKind.CancelsBefore } fault)
            {
                world.Cancel(fault);
                await world.SettleAsync(Task.WhenAll(calls), quiet, patience).ConfigureAwait(false);
            }

            world.GoOn();
        }

        var ends = ImmutableArray.CreateBuilder<(string End, Exception? Error)>();
        foreach (var call in calls) ends.Add(await EndAsync(call, world, patience).ConfigureAwait(false));
        var left = world.Running;
        await world.SettleAsync(new TaskCompletionSource().Task, left > 0 ? quiet * 2 : quiet / 2, patience).ConfigureAwait(false);

        var balance = world.Balance();
        foreach (var field in _type.GetFields(All).Where(field => field.FieldType == typeof(SemaphoreSlim)))
            balance[$"count of '{field.Name}'"] = ((SemaphoreSlim)field.GetValue(program)!).CurrentCount;
        var callers = world.Callers.Zip(ends)
            .Select(pair => new CallerOutcome([.. pair.First.Effects], pair.Second.End, pair.Second.Error));
        return (new([.. callers], balance.ToImmutableSortedDictionary(StringComparer.Ordinal), left), [.. world.Callers[0].Places]);
    }

    // On a thread of its own, which may be held.
    private Task<object?> Call(object program, Caller caller) => Task.Factory.StartNew(
        async () =>
        {
            caller.Become();
            SynchronizationContext.SetSynchronizationContext(new HoppingContext(caller));
            object?[] arguments = _method.GetParameters().Length == 0 ? [] : [caller.Source.Token];
            var task = Invoke(program, arguments, caller.World);
            await task.ConfigureAwait(false);
            return task.GetType().GetProperty("Result") is { } result && result.PropertyType.Name != "VoidTaskResult"
                ? result.GetValue(task) : null;
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default).Unwrap();

    private Task Invoke(object program, object?[] arguments, World world)
    {
        world.Enter(Thread.CurrentThread);
        try
        {
            return (Task)_method.Invoke(_method.IsStatic ? null : program, BindingFlags.DoNotWrapExceptions, binder: null, arguments,
                culture: null)!;
        }
        finally
        {
            world.Leave(Thread.CurrentThread);
        }
    }

    private static async Task<(string End, Exception? Error)> EndAsync(Task<object?> call, World world, TimeSpan patience)
    {
        // Where it goes on, it has only been slow.
        var tries = 0;
        while (await Task.WhenAny(call, Task.Delay(patience)).ConfigureAwait(false) != call)
        {
            if (!world.IsBusy || ++tries == MostTries) return ("never ends", new TimeoutException());
        }

        try
        {
            var result = await call.ConfigureAwait(false);
            return (result is null ? "ends" : $"{result} ({result.GetType().Name})", null);
        }
        catch (Exception error)
        {
            return (Describe(error), error);
        }
    }
}
