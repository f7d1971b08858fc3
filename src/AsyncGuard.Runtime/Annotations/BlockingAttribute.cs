using System;

namespace AsyncGuard;

/// <summary>
/// The member blocks its calling thread: AsyncGuard reports calls of it in async code (AGD0105), whatever its body looks like. The
/// analyzers match the attribute by its full name.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor | AttributeTargets.Event | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = true)]
public sealed class BlockingAttribute : Attribute
{
}
