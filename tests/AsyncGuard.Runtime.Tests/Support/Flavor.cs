using System.Reflection;
using System.Runtime.Versioning;

namespace AsyncGuard.Support;

/// <summary>Which build of the library the tests run on.</summary>
internal static class Flavor
{
    public static readonly bool IsNetStandard =
        typeof(TaskGroup).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName.StartsWith(".NETStandard",
        System.StringComparison.Ordinal);
}
