using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks.Misuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0111: a <c>using</c> disposes a task and not its result, so that the lock is never waited for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnawaitedResourceAnalyzer() : GuardAnalyzer(RuleTable.UnawaitedResource)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TaskOfT is null || guard.Types.Disposable is null) return;
        start.RegisterOperationAction(context => CheckResources(((IUsingOperation)context.Operation).Resources, context, guard),
            OperationKind.Using);
        start.RegisterOperationAction(
            context => CheckResources(((IUsingDeclarationOperation)context.Operation).DeclarationGroup, context, guard),
                OperationKind.UsingDeclaration);
    }

    private static void CheckResources(IOperation resources, OperationAnalysisContext context, GuardContext guard)
    {
        // using (gate.LockAsync()) …
        if (resources is not IVariableDeclarationGroupOperation group)
        {
            if (DisposedTask.Is(resources, guard)) Report(resources, context, guard);
            return;
        }

        // using var held = gate.LockAsync();
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (DisposedTask.Keeps(declarator, guard)) Report(declarator.Initializer!.Value, context, guard);
            }
        }
    }

    private static void Report(IOperation resource, OperationAnalysisContext context, GuardContext guard)
    {
        var task = Unwrapped.ImplicitConversions(resource);
        if (RecordedCode.Is(task, guard)) return;
        var name = task is IInvocationOperation { TargetMethod: { MethodKind: not MethodKind.DelegateInvoke } method } ? method.Name
            : task.Syntax.ToString();
        context.Report(RuleTable.UnawaitedResource, task.Syntax, name);
    }
}
