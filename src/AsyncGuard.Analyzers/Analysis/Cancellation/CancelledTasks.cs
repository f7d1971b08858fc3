using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// The tasks that a call of <c>Cancel</c> stops: started with a token of that source, in locals of the function or private fields of the
/// type.
/// </summary>
internal static class CancelledTasks
{
    /// <summary>The names of those that nothing awaits after the call, and that no other code holds; null where there are none.</summary>
    public static List<string>? LeftAloneBy(IInvocationOperation cancel, ISymbol? member, Func<ControlFlowGraph> graphOfMember,
        GuardContext guard)
    {
        if (SourceOf(cancel, guard) is not { } source || WaitsForSignalAfter(cancel.Syntax)) return null;

        List<string>? names = null;
        var root = FlowGraphs.RootOf(cancel);
        var aliases = SourceAliases.In(root, source, guard);
        foreach (var local in LocalsIn(root, cancel, guard))
        {
            var holder = TaskHolder.Of(local, cancel, guard);
            if (IsStartedWith(holder, aliases, guard) && CancelFlow.LeavesAlone(holder, cancel, graphOfMember, guard))
                (names ??= new List<string>()).Add(local.Name);
        }

        if (member?.ContainingType is { } type) UnawaitedTaskField.AddStartedWith(source, cancel, type, guard, ref names);
        return names;
    }

    // cts.Cancel(), _stopping?.Cancel(), var stopping = _stopping; stopping.Cancel()
    private static ISymbol? SourceOf(IInvocationOperation cancel, GuardContext guard)
    {
        var instance = cancel.Instance is IConditionalAccessInstanceOperation && cancel.Parent is IConditionalAccessOperation conditional
            ? conditional.Operation : cancel.Instance;
        return NameOf(instance) is ILocalSymbol && NameOf(InitialValue.Of(instance, guard)) is IFieldSymbol field ? field
            : NameOf(instance);
    }

    // _cts.Cancel(); _stopped.WaitOne(); and await _stopped.Task: the work may tell by that
    private static bool WaitsForSignalAfter(SyntaxNode cancel)
    {
        var member =
            cancel.FirstAncestorOrSelf<SyntaxNode>(
            node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        foreach (var node in member!.DescendantNodes())
        {
            if (node.SpanStart < cancel.Span.End) continue;
            var isWait = node switch
            {
                InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var method }
                } when ConventionalNames.WaitsForSignal(method) => true,
                AwaitExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var task } }
                    when ConventionalNames.IsPromise(task) => true,
                _ => false,
            };
            if (isWait) return true;
        }

        return false;
    }

    private static ISymbol? NameOf(IOperation? value) => Unwrapped.ConversionsOrNull(value) switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        IFieldReferenceOperation
        {
            Instance: null or IInstanceReferenceOperation,
            Field: { DeclaredAccessibility: Accessibility.Private } field
        } => field,
        _ => null,
    };

    // Task task, List<Task> tasks of the same function
    private static IEnumerable<ILocalSymbol> LocalsIn(IOperation root, IOperation cancel, GuardContext guard)
    {
        var function = FlowGraphs.FunctionAround(cancel);
        foreach (var operation in root.Descendants())
        {
            if (operation is not IVariableDeclaratorOperation { Symbol: { } local }
                || !ReferenceEquals(FlowGraphs.FunctionAround(operation), function))
                continue;
            if (guard.Awaitables.IsTask(local.Type) || guard.Awaitables.IsValueTask(local.Type)
                || guard.Awaitables.HoldsAwaitables(local.Type))
                yield return local;
        }
    }

    private static bool IsStartedWith(TaskHolder holder, SourceAliases aliases, GuardContext guard)
    {
        foreach (var start in holder.Starts)
        {
            if (!StartedTask.IsDelay(start) && aliases.AreIn(start)) return true;
        }

        return false;
    }
}
