using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>Calls that only tell what has happened: nothing depends on them.</summary>
internal static class LogCall
{
    // logger.LogDebug("Waiting"), _log.Information("Stopped"), Console.WriteLine("Stopped")
    public static bool Is(IMethodSymbol method, GuardContext guard) =>
        ConventionalNames.IsLog(method.Name, method.ContainingType?.Name)
        || (method.ContainingType is { } type && guard.Apis.TypeEntry(type, ApiTraits.Log) is not null);
}
