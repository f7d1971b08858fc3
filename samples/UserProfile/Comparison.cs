using System.Diagnostics;
using Npgsql;

namespace UserProfile;

/// <summary>Latencies of one form, in milliseconds.</summary>
public sealed record Measured(string Delays, string Form, int Requests, double Median, double P95, double P99);

/// <summary>How long the caller waits for a failure, in milliseconds: the median, and the fastest.</summary>
public sealed record Failed(string Form, double AfterMs, double FastestMs, string Exception);

public sealed record Outcome(IReadOnlyList<Measured> Latencies, IReadOnlyList<Failed> Failures);

/// <summary>Loads the same profiles in each form, in turn, so that a busy moment of the machine meets all of them.</summary>
public sealed class Comparison(NpgsqlDataSource database, HttpClient client, Uri service)
{
    private readonly (string Form, Func<int, Delays, CancellationToken, Task<Profile>> LoadAsync)[] _forms =
    [
        ("before", new Before.Profiles(database, service).LoadAsync),
        ("after, in sequence", new After.Profiles(database, client, service).LoadInSequenceAsync),
        ("after, task group", new After.Profiles(database, client, service).LoadAsync),
    ];

    /// <summary>Measures all forms.</summary>
    /// <param name="withDelays">Requests of each form with delays.</param>
    /// <param name="withoutDelays">Requests of each form without.</param>
    /// <param name="failures">Requests of each form to a service that fails at once.</param>
    /// <param name="queryBeforeFailure">How long the query takes in those, in milliseconds.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public async Task<Outcome> RunAsync(
        int withDelays, int withoutDelays, int failures, int queryBeforeFailure, CancellationToken cancellationToken = default)
    {
        await Users.CreateAsync(database, cancellationToken);
        await MeasureAsync("", new Delays(0, 0), 10, cancellationToken); // compiles the code, opens the connections
        return new Outcome(
            [
                .. await MeasureAsync("database 80 ms, HTTP 120 ms", new Delays(80, 120), withDelays, cancellationToken),
                .. await MeasureAsync("none", new Delays(0, 0), withoutDelays, cancellationToken),
            ],
            [.. await FailAsync(failures, new Delays(queryBeforeFailure, 120, HttpFails: true), cancellationToken)]);
    }

    private async Task<IEnumerable<Measured>> MeasureAsync(string name, Delays delays, int requests, CancellationToken cancellationToken)
    {
        var latencies = _forms.Select(_ => new List<double>()).ToList();
        for (var i = 0; i < requests; i++)
        {
            for (var form = 0; form < _forms.Length; form++)
            {
                var start = Stopwatch.GetTimestamp();
                await _forms[form].LoadAsync((i % Users.Count) + 1, delays, cancellationToken);
                latencies[form].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return _forms.Zip(latencies, (form, values) =>
        {
            values.Sort();
            return new Measured(name, form.Form, requests, At(values, 0.5), At(values, 0.95), At(values, 0.99));
        });
    }

    private async Task<List<Failed>> FailAsync(int requests, Delays delays, CancellationToken cancellationToken)
    {
        var waits = _forms.Select(_ => new List<double>()).ToList();
        var seen = _forms.Select(_ => "none").ToArray();
        for (var i = 0; i < requests; i++)
        {
            for (var form = 0; form < _forms.Length; form++)
            {
                var start = Stopwatch.GetTimestamp();
                try
                {
                    await _forms[form].LoadAsync(1, delays, cancellationToken);
                }
                catch (HttpRequestException exception)
                {
                    seen[form] = $"{exception.GetType().Name} ({exception.StatusCode})";
                }

                waits[form].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return [.. _forms.Select((form, i) =>
        {
            waits[i].Sort();
            return new Failed(form.Form, At(waits[i], 0.5), waits[i][0], seen[i]);
        })];
    }

    private static double At(List<double> sorted, double quantile) => sorted[(int)Math.Ceiling(quantile * sorted.Count) - 1];
}
