using System;

namespace AsyncGuard.Catalog;

/// <summary>
/// The assemblies of .NET itself, whose members the catalog lists; what else is referenced is a package or another project.
/// </summary>
internal static class FrameworkAssemblies
{
    private static readonly string[] Families =
    [
        "System", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Win32", "Microsoft.VisualBasic", "Microsoft.JSInterop",

        // The compiler, whose trees and texts are in memory: GetRootAsync ends at once.
        "Microsoft.CodeAnalysis",
    ];

    private static readonly string[] Single = ["mscorlib", "netstandard", "WindowsBase", "PresentationCore", "Microsoft.CSharp"];

    /// <summary>Whether the assembly is one of the base library's, or of what goes with it.</summary>
    public static bool IsSystem(string name) => name.StartsWith("System", StringComparison.Ordinal);

    /// <summary>The same, or one that older projects reference in its place.</summary>
    public static bool IsBase(string name) => IsSystem(name) || name is "mscorlib" or "netstandard";

    /// <summary>Whether an assembly of that name is one: <c>System.Linq</c>, <c>Microsoft.Extensions.Hosting</c>.</summary>
    public static bool Have(string name)
    {
        foreach (var family in Families)
        {
            if (name.StartsWith(family, StringComparison.Ordinal) && (name.Length == family.Length || name[family.Length] == '.'))
                return true;
        }

        return Array.IndexOf(Single, name) >= 0;
    }
}
