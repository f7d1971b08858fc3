using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>What one run of a program has done to the outside.</summary>
internal sealed class World(Plan plan)
{
    public const string Lost = "items lost";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Now, int Most)> _holders = [];
    private readonly Queue<string> _items = new(["1", "2", "3"]);
    private readonly List<string> _taken = [];
    private readonly TaskCompletionSource _stands = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<Thread> _threads = [];
    private int _running;
    private int _standing;
    private long _lastStir = Environment.TickCount64;

    public Plan Plan => plan;

    /// <summary>The sources among the fields of the program, by name.</summary>
    public Dictionary<string, CancellationTokenSource> Fields { get; } = [];

    public List<Caller> Callers { get; } = [];

    public int Running => Volatile.Read(ref _running);

    /// <summary>The first caller has reached the place where the second is to run.</summary>
    public Task Stands => _stands.Task;

    public void GoOn() => _goesOn.TrySetResult();

    public void Begin() => Interlocked.Increment(ref _running);

    public void End() => Interlocked.Decrement(ref _running);

    public void Stir() => Volatile.Write(ref _lastStir, Environment.TickCount64);

    public void Cancel(Fault fault) => (Fields.GetValueOrDefault(fault.Token!) ?? Callers[fault.Caller].Source).Cancel();

    /// <summary>Work that has begun waits for <see cref="GoOn"/>.</summary>
    public async Task StandAsync(Task pause)
    {
        Interlocked.Increment(ref _standing);
        try
        {
            await pause;
        }
        finally
        {
            Interlocked.Decrement(ref _standing);
        }
    }

    /// <summary>A thread is about to run the program, or runs it.</summary>
    public void Enter(Thread thread)
    {
        lock (_threads) _threads.Add(thread);
    }

    public void Leave(Thread thread)
    {
        lock (_threads) _threads.Remove(thread);
        Stir();
    }

    /// <summary>
    /// Whether something goes on, however slowly: work that waits for nothing, or a thread that is not blocked. How busy the machine is
    /// makes no difference to the answer.
    /// </summary>
    public bool IsBusy
    {
        get
        {
            if (Running > Volatile.Read(ref _standing)) return true;
            lock (_threads) return _threads.Any(static thread => (thread.ThreadState & ThreadState.WaitSleepJoin) == 0);
        }
    }

    /// <summary>What the first caller waits for at this place, if it is to stand still there.</summary>
    public Task? StandStill(Caller caller, Place place)
    {
        if (caller.Index != 0 || plan.Second != place) return null;
        _stands.TrySetResult();
        return _goesOn.Task;
    }

    /// <summary>
    /// Waits until the task has ended, or nothing goes on any more and nothing has happened for a while. What goes on for too long is left.
    /// </summary>
    public async Task SettleAsync(Task task, TimeSpan quiet, TimeSpan patience)
    {
        var start = Environment.TickCount64;
        Stir();
        while (!task.IsCompleted && Environment.TickCount64 - Volatile.Read(ref _lastStir) < quiet.TotalMilliseconds)
        {
            await Task.Delay(2).ConfigureAwait(false);
            if (IsBusy && Environment.TickCount64 - start < patience.TotalMilliseconds) Stir();
        }
    }

    public void Enter(string name)
    {
        lock (_lock)
        {
            var (now, most) = _holders.GetValueOrDefault(name);
            _holders[name] = (now + 1, Math.Max(most, now + 1));
        }
    }

    public void Leave(string name)
    {
        lock (_lock)
        {
            var (now, most) = _holders.GetValueOrDefault(name);
            _holders[name] = (now - 1, most);
        }
    }

    public string? Take()
    {
        lock (_lock)
        {
            if (!_items.TryDequeue(out var item)) return null;
            _taken.Add(item);
            return item;
        }
    }

    public void Handle(string item)
    {
        lock (_lock) _taken.Remove(item);
    }

    /// <summary>
    /// What is wrong in the end, or may be: how many held one thing at once, what is still held, and what was taken and not handled.
    /// </summary>
    public Dictionary<string, int> Balance()
    {
        lock (_lock)
        {
            var balance = _holders.ToDictionary(pair => $"most holders of '{pair.Key}'", pair => pair.Value.Most);
            foreach (var (name, (now, _)) in _holders) balance[$"still holding '{name}'"] = now;
            balance[Lost] = _taken.Count;
            return balance;
        }
    }
}
