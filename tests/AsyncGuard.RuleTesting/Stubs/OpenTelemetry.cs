// OpenTelemetry
namespace OpenTelemetry.Trace;

public class TracerProvider { }

public static class TracerProviderExtensions
{
    public static bool ForceFlush(this TracerProvider provider, int timeoutMilliseconds = -1) => throw null!;
    public static bool Shutdown(this TracerProvider provider, int timeoutMilliseconds = -1) => throw null!;
}
