using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Offloading;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

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
        fix.HasHint(FixHints.NoAwait) || Offload.NodeAt(fix) is not { } node || IsConversionOf(node, fix) ? []
        : Offload.Plans(node, "Run on the thread pool and await", _key, _keyOfShared, fix);

    // Settings settings = "name"; what blocks is the conversion, which stands unseen around the node and would not move with it.
    private static bool IsConversionOf(ExpressionSyntax node, FixContext fix) =>
        fix.OperationOf(node)?.Parent is IConversionOperation { IsImplicit: true, OperatorMethod: { } conversion }
        && (fix.Diagnostic.AdditionalLocations.FirstOrDefault() is not { } hop || conversion.DeclaringSyntaxReferences.Any(declared =>
            declared.SyntaxTree == hop.SourceTree && declared.Span.Contains(hop.SourceSpan)));
}
