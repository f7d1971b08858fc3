using System;

namespace AsyncGuard;

/// <summary>
/// The member does not block its calling thread, or so briefly that it does not matter: AsyncGuard looks no further into it (AGD0105).
/// The analyzers match the attribute by its full name.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor | AttributeTargets.Event | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = true)]
public sealed class NonBlockingAttribute : Attribute
{
}
