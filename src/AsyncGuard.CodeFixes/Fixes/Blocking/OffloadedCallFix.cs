using System.Collections.Generic;
using AsyncGuard.Editing.Offloading;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Fixes.Blocking;

/// <summary><c>Load(path)</c> → <c>await Task.Run(() => Load(path), token)</c>, for a call that leads to a blocking one.</summary>
public abstract class OffloadedCallFix : GuardFix
{
    private readonly string _key;
    private readonly string _keyOfShared;

    private protected OffloadedCallFix(DiagnosticDescriptor rule, string key, string keyOfShared)
        : base(rule)
    {
        _key = key;
        _keyOfShared = keyOfShared;
    }

    private protected sealed override IEnumerable<FixPlan> Plans(FixContext fix) =>
        fix.HasHint(FixHints.NoAwait) || Offload.NodeAt(fix) is not { } node ? []
        : Offload.Plans(node, "Run on the thread pool and await", _key, _keyOfShared, fix);
}
