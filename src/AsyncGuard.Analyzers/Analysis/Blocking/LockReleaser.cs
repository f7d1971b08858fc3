using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A <c>using</c> whose end gives a lock back that may be held across an await: <c>using (await _gate.LockAsync()) …</c></summary>
internal static class LockReleaser
{
    /// <summary>
    /// The call that takes the lock which is released when the place is left, and was taken before the start; null where there is none.
    /// </summary>
    public static IInvocationOperation? Around(IOperation place, IOperation start)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IUsingOperation use
                    when ReferenceEquals(use.Body, child) && In(use) is { } taken && use.Body.Syntax.Span.Contains(start.Syntax.Span):
                    return taken;

                // using var held = _gate.Lock(); is in force until its block ends
                case IBlockOperation block:
                    foreach (var statement in block.Operations)
                    {
                        if (ReferenceEquals(statement, child)) break;
                        if (statement is IUsingDeclarationOperation declaration && TakenIn(declaration.DeclarationGroup) is { } held
                            && start.Syntax.SpanStart > statement.Syntax.Span.End)
                            return held;
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>The call that takes the lock of a <c>using</c> statement; null where it holds something else.</summary>
    public static IInvocationOperation? In(IUsingOperation use) => TakenIn(use.Resources);

    /// <summary>
    /// Whether something is awaited in the <c>using</c> after the task is kept: the lock is for that, and not for the task.
    /// <code>using (await _gate.LockAsync()) { answer = Expect(id); await SendAsync(id); } await answer;</code>
    /// </summary>
    public static bool IsAwaitedAfter(IOperation assignment, IOperation scope)
    {
        foreach (var operation in scope.Descendants())
        {
            if (operation is IAwaitOperation && operation.Syntax.SpanStart > assignment.Syntax.Span.End
                && ReferenceEquals(FlowGraphs.FunctionAround(operation), FlowGraphs.FunctionAround(assignment)))
                return true;
        }

        return false;
    }

    private static IInvocationOperation? TakenIn(IOperation resources)
    {
        if (resources is not IVariableDeclarationGroupOperation group) return TakenBy(resources);
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (declarator.Initializer is { Value: var value } && TakenBy(value) is { } taken) return taken;
            }
        }

        return null;
    }

    // await _gate.LockAsync().ConfigureAwait(false)
    private static IInvocationOperation? TakenBy(IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation inner:
                    value = inner.Operand;
                    break;
                case IAwaitOperation awaited:
                    value = awaited.Operation;
                    break;
                case IInvocationOperation { Instance: { } task } call when StartedTask.IsWrapper(call.TargetMethod):
                    value = task;
                    break;
                default:
                    return value is IInvocationOperation taking && Takes(taking) ? taking : null;
            }
        }
    }

    // gate.LockAsync(), gate.ReaderLock(), semaphore.EnterAsync(), @lock.AcquireAsync(); not GetLock(), and not the scope of a thread's own
    // lock
    private static bool Takes(IInvocationOperation call)
    {
        if (call.Type is null or { IsRefLikeType: true }) return false;
        var name = call.TargetMethod.Name;
        return ConventionalNames.Locks(name) || ConventionalNames.Enters(name)
            && IsLock(Unwrapped.Receiver(call)?.Type);
    }

    private static bool IsLock(ITypeSymbol? type) => type is not null && LockNames.IsLock(type.Name);
}
