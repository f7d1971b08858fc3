using Microsoft.ApplicationInsights;

class Uses
{
    static async Task Directly(TelemetryClient telemetry, CancellationToken token)
    {
        telemetry.TrackEvent("a");
        telemetry.Flush(); //! AGD0103
        await telemetry.FlushAsync(token);
    }
}
