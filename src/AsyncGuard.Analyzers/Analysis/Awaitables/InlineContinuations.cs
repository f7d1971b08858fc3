using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>A <c>TaskCompletionSource</c> whose awaiters continue inside the call that completes it.</summary>
internal static class InlineContinuations
{
    // Before .NET Framework 4.6 there was no such option.
    public static bool CanBeAvoided(GuardContext guard) =>
        guard.Types.TaskCreationOptions is { } options
        && TaskMembers.RunContinuationsAsynchronously.IsIn(options);

    public static bool AreOf(IObjectCreationOperation creation, GuardContext guard) =>
        guard.Awaitables.IsCompletionSource(creation.Type)
        && !RunsAsynchronously(creation, guard) && !IsCompletedAtOnce(creation) && !HasNoContinuation(creation, guard)
        && !IsReplayed(creation, guard);

    // class Context : TaskOrchestrationContext: an orchestration that does not go on inside the call is taken to wait for something else
    private static bool IsReplayed(IOperation creation, GuardContext guard)
    {
        var member = creation.SemanticModel?.GetEnclosingSymbol(creation.Syntax.SpanStart);
        for (var type = member as INamedTypeSymbol ?? member?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (guard.Apis.TypeHas(type, ApiTraits.Replays)) return true;
        }

        return false;
    }

    // Options that are not constant are a decision of the author.
    private static bool RunsAsynchronously(IObjectCreationOperation creation, GuardContext guard)
    {
        foreach (var argument in creation.Arguments)
        {
            if (!SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.TaskCreationOptions)) continue;
            return argument.Value.ConstantValue is not { HasValue: true, Value: int options }
                || (options & (int)TaskCreationOptions.RunContinuationsAsynchronously) != 0;
        }

        return false;
    }

    // Nothing completes it: readonly TaskCompletionSource _never = new(); … Task.WhenAny(work, _never.Task). Or its waiter blocks
    // a thread of its own: source.Task.Wait()
    private static bool HasNoContinuation(IObjectCreationOperation creation, GuardContext guard)
    {
        if (NamedUses.HolderOf(creation) is not { } holder
            || holder is not (ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private }))
            return false;
        bool isRead = false, isBlockedOn = false, isCompleted = false;
        int lastCompletion = 0, firstRead = int.MaxValue;
        var isOrdered = holder is ILocalSymbol;
        foreach (var use in NamedUses.Of(holder, creation, guard))
        {
            isOrdered = isOrdered && ReferenceEquals(FlowGraphs.FunctionAround(use), FlowGraphs.FunctionAround(creation));
            switch (use.Parent)
            {
                case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, use)
                    && Unwrapped.Conversions(assignment.Value) is IObjectCreationOperation:
                    break;
                case IInvocationOperation completion when ReferenceEquals(completion.Instance, use):
                    isCompleted = true;
                    lastCompletion = Math.Max(lastCompletion, completion.Syntax.Span.End);
                    break;
                case IPropertyReferenceOperation task when TaskMembers.SourceTask.IsUse(task) && task.Parent is not IAwaitOperation:
                    if (IsWaitedFor(task, guard)) isBlockedOn = true;
                    else isRead = true;
                    firstRead = Math.Min(firstRead, task.Syntax.SpanStart);
                    break;
                default:
                    return false;
            }
        }

        // if (isStopped) source.SetCanceled(); else source.SetResult(Load()); return source.Task;
        if (isCompleted && isOrdered && lastCompletion <= firstRead) return true;
        return isCompleted ? isBlockedOn && !isRead : isRead || isBlockedOn;
    }

    // source.Task.Wait(), source.Task.Result, source.Task.GetAwaiter().GetResult()
    private static bool IsWaitedFor(IOperation task, GuardContext guard)
    {
        for (var (child, parent) = (task, task.Parent);
            parent is IInvocationOperation or IPropertyReferenceOperation && ReferenceEquals(InstanceOf(parent), child);
            (child, parent) = (parent, parent.Parent))
        {
            if (TaskWait.Of(parent, guard) is not null) return true;
        }

        return false;
    }

    private static IOperation? InstanceOf(IOperation use) => use switch
    {
        IInvocationOperation call => call.Instance,
        IPropertyReferenceOperation property => property.Instance,
        _ => null,
    };

    // var source = new TaskCompletionSource<int>(); source.SetResult(1); … : nothing can be waiting yet
    private static bool IsCompletedAtOnce(IObjectCreationOperation creation)
    {
        if (Unwrapped.ConversionsAround(creation).Parent is ISimpleAssignmentOperation
            {
                Target: ILocalReferenceOperation { Local: var assigned },
                Parent: IExpressionStatementOperation statement
            })
            return IsCompletedAfter(statement, assigned);

        IOperation declaration = creation;
        while (declaration.Parent is IVariableInitializerOperation or IVariableDeclaratorOperation or IVariableDeclarationOperation
            or IVariableDeclarationGroupOperation or IConversionOperation)
            declaration = declaration.Parent;
        return declaration is IVariableDeclarationGroupOperation { Declarations: { Length: 1 } declarations }
            && declarations[0].Declarators.Length == 1 && IsCompletedAfter(declaration, declarations[0].Declarators[0].Symbol);
    }

    private static bool IsCompletedAfter(IOperation statement, ILocalSymbol source)
    {
        var statements = statement.Parent switch
        {
            IBlockOperation block => block.Operations,
            ISwitchCaseOperation section => section.Body,
            _ => ImmutableArray<IOperation>.Empty,
        };
        var next = statements.IndexOf(statement) + 1;
        return next > 0 && next < statements.Length
            && statements[next] is IExpressionStatementOperation
            {
                Operation: IInvocationOperation { Instance: ILocalReferenceOperation { Local: var completed }, TargetMethod.Name: var name }
            }
            && SymbolEqualityComparer.Default.Equals(completed, source)
            && ConventionalNames.SetsPromise(name);
    }
}
