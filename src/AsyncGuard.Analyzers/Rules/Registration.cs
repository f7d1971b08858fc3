using System;
using System.Collections.Immutable;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules;

/// <summary>How rules of async code register themselves.</summary>
internal static class Registration
{
    /// <summary>
    /// Registers a callback for operations in members that may hold async code. All others cost one question per member, not one per
    /// operation.
    /// </summary>
    public static void RegisterInAsyncMembers(this CompilationStartAnalysisContext start, GuardContext guard,
        Action<OperationAnalysisContext> action, params OperationKind[] kinds)
    {
        var all = ImmutableArray.Create(kinds);
        start.RegisterOperationBlockStartAction(block =>
        {
            if (AsyncMembers.Of(guard).MayHold(block.OwningSymbol, block.OperationBlocks)) block.RegisterOperationAction(action, all);
        });
    }
}
