using System;
using System.Collections.Generic;

namespace AsyncGuard.Catalog;

/// <summary>Assemblies whose presence says something about a project.</summary>
internal static class KnownAssemblies
{
    /// <summary>The runtime library of this project.</summary>
    public const string Runtime = "AsyncGuard.Runtime";

    /// <summary>A project that references one of these is a test project.</summary>
    public static HashSet<string> TestFrameworks { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        "xunit.core", "xunit.v3.core", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework",
            "TUnit.Core",
    };
}
