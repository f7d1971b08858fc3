#if !NET9_0_OR_GREATER
namespace System.Runtime.CompilerServices;

/// <summary>Part of .NET since 9.0.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, AllowMultiple = false,
    Inherited = false)]
internal sealed class OverloadResolutionPriorityAttribute(int priority) : Attribute
{
    public int Priority => priority;
}
#endif
