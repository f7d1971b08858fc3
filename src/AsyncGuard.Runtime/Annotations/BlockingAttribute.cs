using System;

namespace AsyncGuard;

/// <summary>
/// The member blocks its calling thread: AsyncGuard reports calls of it in async code (AGD0105), whatever its body looks like. The
/// analyzers match the attribute by its full name.
/// On an assembly it describes a member that cannot be marked itself, because it belongs to other code:
/// <c>[assembly: Blocking("M:Legacy.Db.Load(System.Int32)")]</c>.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor | AttributeTargets.Event
    | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Assembly,
        AllowMultiple = true, Inherited = true)]
public sealed class BlockingAttribute : Attribute
{
    /// <summary>Marks the member or type that it stands on.</summary>
    public BlockingAttribute()
    {
    }

    /// <summary>Marks a member of any assembly; to be put on the assembly.</summary>
    /// <param name="documentationId">The member as documentation comments write it, such as <c>M:Legacy.Db.Load(System.Int32)</c>.</param>
    public BlockingAttribute(string documentationId) => DocumentationId = documentationId;

    /// <summary>The member that the attribute describes, or null for the one that it is applied to.</summary>
    public string? DocumentationId { get; }
}
