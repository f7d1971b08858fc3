using AsyncGuard.Analysis.Code;
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
        call.TargetMethod is { Name: "Open", ContainingType: var type } && call.Instance is { } entry
        && SymbolEqualityComparer.Default.Equals(type, guard.Types.ZipArchiveEntry)
        && (IsMade(entry, guard) || IsMade(InitialValue.Of(entry, guard), guard));

    private static bool IsMade(IOperation? value, GuardContext guard) =>
        Unwrapped.ConversionsOrNull(value) is IInvocationOperation { TargetMethod: { Name: "CreateEntry", ContainingType: var type } }
        && SymbolEqualityComparer.Default.Equals(type, guard.Types.ZipArchive);
}
