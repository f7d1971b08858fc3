using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// An entry that was just added to an archive: opening it reads nothing, and writes nothing before its stream is written to.
/// <code>
/// var entry = archive.CreateEntry(name); using var stream = entry.Open();
/// </code>
/// </summary>
internal static class NewEntry
{
    public static bool IsOpened(IInvocationOperation call, GuardContext guard) =>
        PlatformMembers.OpenEntry.Is(call.TargetMethod) && call.Instance is { } entry
        && (IsMade(entry) || IsMade(InitialValue.Of(entry, guard)));

    private static bool IsMade(IOperation? value) => PlatformMembers.CreateEntry.IsUse(Unwrapped.ConversionsOrNull(value));
}
