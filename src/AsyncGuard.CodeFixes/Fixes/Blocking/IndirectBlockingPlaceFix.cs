using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Blocking;

/// <summary><c>Load(path)</c> → <c>await Task.Run(() => Load(path), token)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IndirectBlockingPlaceFix() : OffloadedCallFix(RuleTable.IndirectBlockingPlace, Key, KeyOfShared)
{
    private const string Key = "AGD0112.Offload";
    private const string KeyOfShared = "AGD0112.OffloadShared";
}
