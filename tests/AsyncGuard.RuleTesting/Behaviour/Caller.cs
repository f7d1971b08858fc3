using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>One who calls the program, with its own token. Whatever the program does for it, on whichever thread, finds it here.</summary>
internal sealed class Caller(World world, int index)
{
    private static readonly AsyncLocal<Caller?> Here = new();

    private readonly Dictionary<string, int> _occurrences = [];
    private readonly List<string> _effects = [];

    public static Caller Current => Here.Value ?? throw new InvalidOperationException("The program runs outside of a run that is observed");

    public World World => world;

    public int Index => index;

    public CancellationTokenSource Source { get; } = new();

    public List<Place> Places { get; } = [];

    public string[] Effects
    {
        get
        {
            lock (_effects) return [.. _effects];
        }
    }

    public void Become() => Here.Value = this;

    public void Note(string effect)
    {
        var fault = Arrive(effect, out var place);
        world.StandStill(this, place)?.Wait();
        Before(fault);
        Record(effect);
        After(fault);
    }

    public async Task WorkAsync(string effect, CancellationToken cancellationToken)
    {
        world.Begin();
        try
        {
            var fault = Arrive(effect, out var place);
            if (fault?.Kind != FaultKind.IsEarly) await Task.Yield();
            if (world.StandStill(this, place) is { } pause) await world.StandAsync(pause);
            Before(fault);
            cancellationToken.ThrowIfCancellationRequested();
            Record(effect);
            After(fault);
        }
        finally
        {
            world.End();
        }
    }

    public void Crash(Exception error) => Record($"crash: {error.GetType().Name}");

    private Fault? Arrive(string effect, out Place place)
    {
        lock (_effects)
        {
            _occurrences[effect] = _occurrences.GetValueOrDefault(effect) + 1;
            Places.Add(place = new(effect, _occurrences[effect]));
        }

        world.Stir();
        return index == 0 && world.Plan.Fault is { } fault && fault.Place == place ? fault : null;
    }

    private void Record(string effect)
    {
        lock (_effects) _effects.Add(effect);
        world.Stir();
    }

    private void Before(Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Fails: throw new InvalidOperationException(fault.Place.Effect);
            case FaultKind.TimesOut: throw new TaskCanceledException("Timed out", new TimeoutException());
            case FaultKind.CancelsBefore when world.Plan.Second is null: world.Cancel(fault); break;
        }
    }

    private void After(Fault? fault)
    {
        if (fault?.Kind == FaultKind.CancelsAfter) world.Cancel(fault);
    }
}
