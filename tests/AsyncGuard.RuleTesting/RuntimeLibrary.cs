using System;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.RuleTesting;

/// <summary>The real AsyncGuard.Runtime, for programs that are compiled against it and run.</summary>
public static class RuntimeLibrary
{
    private static readonly Lazy<MetadataReference> Loaded = new(() => MetadataReference.CreateFromFile(Path));

    public static MetadataReference Reference => Loaded.Value;

    internal static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "AsyncGuard.Runtime.dll");
}
