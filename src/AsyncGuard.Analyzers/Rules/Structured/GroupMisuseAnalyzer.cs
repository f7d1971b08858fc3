using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>
/// AGD0213: a task group of the runtime library is not joined, outlives its scope, is waited for by its own child, or hands out tokens that
/// are not used.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GroupMisuseAnalyzer() : GuardAnalyzer(RuleTable.GroupMisuse)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TaskGroup is null) return;
        start.RegisterOperationAction(context => CheckCall(context, guard), OperationKind.Invocation);
        start.RegisterOperationAction(context => CheckLambda(context, guard), OperationKind.AnonymousFunction);
        start.RegisterOperationAction(context => CheckBackground(context, guard), OperationKind.ObjectCreation);
    }

    private static void CheckCall(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        if (GroupMembers.Open.Is(method))
        {
            CheckOpening(call, context, guard);
        }
        else if (GroupMembers.RunAsync.Is(method))
        {
            if (GroupSelfWait.InBody(call, guard) is { } inner) ReportSelfWait(inner, context);
        }
        else if ((GroupMembers.Join.Is(method) || GroupMembers.Dispose.Is(method)) && GroupSelfWait.Is(call, guard))
        {
            ReportSelfWait(call, context);
        }
    }

    // var scope = TaskGroup.Open();
    private static void CheckOpening(IInvocationOperation call, OperationAnalysisContext context, GuardContext guard)
    {
        if (OpenedGroup.Of(call, guard) is not { } group)
        {
            if (OpenedGroup.IsLost(call))
                context.Report(RuleTable.GroupMisuse, call.Syntax,
                    "The group opened here is not kept, so it can be neither joined nor disposed", "keep it with 'await using'");
            return;
        }

        if (group.IsResource) CheckEscape(group, context, guard);
        if (group.IsHandedOn) return;
        if (!group.IsEnded)
        {
            context.Report(RuleTable.GroupMisuse, call.Syntax,
                $"'{group.Local.Name}' is never disposed, so its children keep running when an exception leaves this block",
                    "open it with 'await using'");
            return;
        }

        if (GroupJoin.Of(group, context.GetControlFlowGraph, guard) is not { } join) return;
        if (join.IsMissing)
            context.Report(RuleTable.GroupMisuse, call.Syntax,
                $"'{group.Local.Name}' is left without 'JoinAsync', which cancels its children and loses their failures",
                    $"await '{group.Local.Name}.JoinAsync()' at the end, or 'Cancel' it if its children should stop");
        if (join.LateStart is { } late)
            context.Report(RuleTable.GroupMisuse, late.Syntax,
                $"'{group.Local.Name}' has ended here, after 'JoinAsync', so nothing can be started in it", "start it before");
    }

    private static void CheckEscape(OpenedGroup group, OperationAnalysisContext context, GuardContext guard)
    {
        foreach (var (reference, _) in group.Uses)
        {
            if (GroupEscape.Is(reference, group.Home, guard)) ReportEscape(reference, group.Local.Name, context);
        }
    }

    private static void CheckLambda(OperationAnalysisContext context, GuardContext guard)
    {
        var lambda = (IAnonymousFunctionOperation)context.Operation;
        var parameters = lambda.Symbol.Parameters;
        if (parameters.Length == 0) return;

        // TaskGroup.RunAsync(group => …)
        if (guard.Types.IsTaskGroup(parameters[0].Type)
            && GroupMembers.RunAsync.IsUse(GroupChild.StartOf(lambda)))
        {
            foreach (var operation in lambda.Body.Descendants())
            {
                if (operation is IParameterReferenceOperation { Parameter: var read }
                    && SymbolEqualityComparer.Default.Equals(read, parameters[0]) && GroupEscape.Is(operation, lambda, guard))
                    ReportEscape(operation, read.Name, context);
            }
        }
        else if (GroupChild.Of(lambda, guard) is { } child && child.CallsWithoutToken(context.ContainingSymbol) is { Count: > 0 } calls
            && child.Token.Locations is { Length: > 0 } places)
        {
            // Tests are expected to run to completion.
            var severity = guard.Options.IsTestProject ? DiagnosticSeverity.Hidden : RuleTable.GroupMisuse.DefaultSeverity;
            context.ReportDiagnostic(Diagnostic.Create(RuleTable.GroupMisuse, places[0], severity, null, null,
                "The child ignores its token, so the group cannot stop it when another child fails",
                    $"pass it to '{calls[0].TargetMethod.Name}'"));
        }
    }

    // var background = new BackgroundTaskGroup(…);
    private static void CheckBackground(OperationAnalysisContext context, GuardContext guard)
    {
        if (!guard.Types.IsBackgroundGroup(context.Operation.Type)
            || OpenedGroup.Of(context.Operation, guard) is not { } group)
            return;
        if (group.IsHandedOn || group.IsEnded || group.IsJoined) return;
        context.Report(RuleTable.GroupMisuse, context.Operation.Syntax,
            $"'{group.Local.Name}' is neither drained nor disposed, so its children keep running unobserved",
                "await 'DrainAsync' before it goes out of scope, or keep it in a field that is drained");
    }

    private static void ReportSelfWait(IOperation wait, OperationAnalysisContext context) =>
        context.Report(RuleTable.GroupMisuse, wait.Syntax,
        "A child waits here for its own group, which waits for the child, so neither ends", "wait for it outside");

    private static void ReportEscape(IOperation reference, string name, OperationAnalysisContext context) =>
        context.Report(RuleTable.GroupMisuse, reference.Syntax,
        $"'{name}' leaves its scope here, and after that nothing can be started in it", "keep it inside, or use a 'BackgroundTaskGroup'");
}
