using OpenTelemetry.Trace;
using OpenTelemetry.Metrics;

class Uses
{
    static async Task Directly(TracerProvider tracing, MeterProvider metrics)
    {
        tracing.ForceFlush(); //! AGD0104
        tracing.Shutdown(); //! AGD0104
        metrics.ForceFlush(); //! AGD0104
        await Task.Yield();
    }
}
