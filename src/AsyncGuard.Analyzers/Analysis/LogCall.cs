using System;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>Calls that only tell what has happened: nothing depends on them.</summary>
internal static class LogCall
{
    // logger.LogDebug("Waiting"), _log.Information("Stopped"), Console.WriteLine("Stopped")
    public static bool Is(IMethodSymbol method, GuardContext guard) =>
        method.Name.StartsWith("Log", StringComparison.Ordinal)
        || method.ContainingType is { Name: var name } type
        && (name.EndsWith("Logger", StringComparison.Ordinal) || name == "ILog" || guard.Apis.TypeEntry(type, ApiTraits.Log) is not null);
}
