using System;
using System.Collections.Generic;

namespace AsyncGuard.Catalog;

/// <summary>The providers of Entity Framework Core, by the names of their assemblies.</summary>
internal static class EntityFrameworkProviders
{
    public const string Library = "Microsoft.EntityFrameworkCore";

    // Run inside the process, so that their asynchronous forms have ended when they return.
    private static readonly string[] InPlace =
        ["Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite.Core", "Microsoft.EntityFrameworkCore.InMemory"];

    private static readonly string[] None =
    [
        Library, "Microsoft.EntityFrameworkCore.Abstractions", "Microsoft.EntityFrameworkCore.Relational",
        "Microsoft.EntityFrameworkCore.Design", "Microsoft.EntityFrameworkCore.Proxies",
        "Microsoft.EntityFrameworkCore.Sqlite.NetTopologySuite", "OpenTelemetry.Instrumentation.EntityFrameworkCore",
    ];

    /// <summary>
    /// Whether the assemblies hold a provider that runs inside the process, and none that may do otherwise: what is not known may.
    /// </summary>
    public static bool OnlyRunInPlace(IEnumerable<string> assemblies)
    {
        var hasOne = false;
        foreach (var name in assemblies)
        {
            if (Array.IndexOf(InPlace, name) >= 0) hasOne = true;
            else if (MayBeAnother(name)) return false;
        }

        return hasOne;
    }

    private static bool MayBeAnother(string name) =>
        (name.IndexOf("EntityFrameworkCore", StringComparison.Ordinal) >= 0 || name.IndexOf("EFCore", StringComparison.Ordinal) >= 0)
        && Array.IndexOf(None, name) < 0 && !FrameworkAssemblies.Have(name);
}
