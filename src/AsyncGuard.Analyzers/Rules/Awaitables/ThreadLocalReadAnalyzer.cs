using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Awaitables;

/// <summary>
/// AGD0405: what belongs to a thread is read after an <c>await</c>, or what async code has set for itself is read where
/// that is undone: in its caller, and in an async iterator after a <c>yield return</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadLocalReadAnalyzer() : GuardAnalyzer(RuleTable.ThreadLocalRead)
{
    private const string SetBeforeYield =
        "is set before a 'yield return', and what an async iterator sets is undone when it yields an item; keep the value in a local";

    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        if (guard.Types.ThreadStaticAttribute is not null)
            start.RegisterOperationAction(context => CheckField(context, guard), OperationKind.FieldReference);
        if (guard.Types.ThreadLocalOfT is not null || guard.Types.AsyncLocalOfT is not null)
            start.RegisterOperationAction(context => CheckValue(context, guard), OperationKind.PropertyReference);
    }

    private static void CheckField(OperationAnalysisContext context, GuardContext guard)
    {
        var read = (IFieldReferenceOperation)context.Operation;
        if (!read.Field.IsStatic || !AmbientValue.IsThreadStatic(read.Field, guard) || AmbientValue.IsWrittenBy(read)
            || AmbientValue.IsTool(read.Field, read, guard))
            return;
        if (ReadAfterAwait.Follows(read, read.Field, awaited => MayGoOnElsewhere(awaited, guard), context.GetControlFlowGraph))
            Report(context, read.Field.Name);
    }

    private static void CheckValue(OperationAnalysisContext context, GuardContext guard)
    {
        var read = (IPropertyReferenceOperation)context.Operation;
        if (!ThreadingMembers.HeldValue.Is(read.Property) || read.Instance is null || AmbientValue.HolderOf(read.Instance) is not { } holder
            || AmbientValue.IsWrittenBy(read))
            return;
        var type = read.Property.ContainingType.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(type, guard.Types.ThreadLocalOfT))
        {
            if (!AmbientValue.IsTool(holder, read, guard)
                && ReadAfterAwait.Follows(read, holder, awaited => MayGoOnElsewhere(awaited, guard), context.GetControlFlowGraph))
                Report(context, holder.Name);
        }
        else if (SymbolEqualityComparer.Default.Equals(type, guard.Types.AsyncLocalOfT))
        {
            CheckAsyncLocal(context, read, holder, guard);
        }
    }

    private static void CheckAsyncLocal(OperationAnalysisContext context, IOperation read, ISymbol holder, GuardContext guard)
    {
        if (AmbientValue.IsWrittenIn(FlowGraphs.RootOf(read), holder))
        {
            if (ReadAfterYield.Follows(read, holder, context.ContainingSymbol, context.GetControlFlowGraph))
                context.Report(RuleTable.ThreadLocalRead, read.Syntax, holder.Name, SetBeforeYield);
            return;
        }

        IMethodSymbol? setter = null;
        var isSetBefore = ReadAfterAwait.Follows(
            read,
            holder,
            awaited =>
            {
                if (AmbientValue.SetterIn(awaited, holder, guard) is not { } found) return false;
                setter = found;
                return true;
            },
            context.GetControlFlowGraph);
        if (isSetBefore)
            context.Report(RuleTable.ThreadLocalRead, read.Syntax, holder.Name,
                $"is set in '{setter!.Name}', and what an async method sets is undone when it returns to its caller; return the value");
    }

    // await Task.CompletedTask stays on the thread
    private static bool MayGoOnElsewhere(IAwaitOperation awaited, GuardContext guard) => Unwrapped.Awaited(awaited.Operation) switch
    {
        IInvocationOperation call => !guard.Apis.Has(call.TargetMethod, ApiTraits.Completed),
        IPropertyReferenceOperation property => !guard.Apis.Has(property.Property, ApiTraits.Completed),
        _ => true,
    };

    private static void Report(OperationAnalysisContext context, string name) =>
        context.Report(RuleTable.ThreadLocalRead, context.Operation.Syntax, name,
        "belongs to the thread, and the code after an 'await' may run on another one; use 'AsyncLocal<T>', or keep the value in a local");
}
