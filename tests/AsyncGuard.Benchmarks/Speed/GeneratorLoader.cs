using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>Loads the generators of a project; what they need is in their folder or in this process.</summary>
internal sealed class GeneratorLoader : IAnalyzerAssemblyLoader
{
    public void AddDependencyLocation(string fullPath)
    {
    }

    public Assembly LoadFromPath(string fullPath) => new Context(Path.GetDirectoryName(fullPath)!).LoadFromAssemblyPath(fullPath);

    private sealed class Context(string folder) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name!.StartsWith("Microsoft.CodeAnalysis", System.StringComparison.Ordinal)
                && !assemblyName.Name.Contains("Razor", System.StringComparison.Ordinal))
                return null;
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
