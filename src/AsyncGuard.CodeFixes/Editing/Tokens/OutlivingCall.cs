using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// A call whose task goes on when its caller has ended: discarded, or kept in a field. The token of the caller would end it with the
/// caller's request: <c>_ = LogAsync(row);</c>, <c>_work = RunAsync();</c>, <c>_works.Add(RunAsync());</c>
/// </summary>
internal static class OutlivingCall
{
    public static bool Is(IInvocationOperation call, FixContext fix)
    {
        // gate.Wait(); has ended where its statement has
        return fix.Guard.Awaitables.IsAwaitable(call.Type) && IsKept(call, isLocal: false);
    }

    // A local is left alone by its statement, not by each that names it: var work = RunAsync(); _works.Add(work);
    private static bool IsKept(IOperation task, bool isLocal)
    {
        IOperation value = Unwrapped.ConversionsAround(task);
        while (true)
        {
            switch (value.Parent)
            {
                case IInvocationOperation wrapped
                    when ConventionalNames.KeepsWork(wrapped.TargetMethod.Name) || TaskMembers.Unwrap.Is(wrapped.TargetMethod):
                    value = Unwrapped.ConversionsAround(wrapped);
                    continue;
                case IConditionalAccessOperation access when ReferenceEquals(access.WhenNotNull, value):
                    value = access;
                    continue;
                case IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    return !isLocal;
                case IArgumentOperation { Parent: IObjectCreationOperation made }:
                    value = Unwrapped.ConversionsAround(made);
                    continue;
                case ITupleOperation tuple:
                    value = Unwrapped.ConversionsAround(tuple);
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation keeper }:
                    return Keeps(keeper);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } when !isLocal:
                    return FlowGraphs.RootOf(value).Descendants().OfType<ILocalReferenceOperation>().Any(use =>
                        SymbolEqualityComparer.Default.Equals(use.Local, local) && IsKept(use, isLocal: true));
                case IAssignmentOperation assignment when ReferenceEquals(assignment.Value, value):
                    if (IsKept(assignment.Target)) return true;
                    // _works[id] = work = RunAsync();
                    value = assignment;
                    continue;
                default:
                    return false;
            }
        }
    }

    // _works.TryAdd(id, RunAsync()), Track(RunAsync()): nothing comes back that could be awaited
    private static bool Keeps(IInvocationOperation keeper) => keeper.Instance switch
    {
        IFieldReferenceOperation or IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } =>
            CollectionTypes.IsIn(keeper.TargetMethod.ContainingType) || GivesNothing(keeper),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } =>
            keeper.TargetMethod.MethodKind == MethodKind.Ordinary && GivesNothing(keeper),
        _ => false,
    };

    private static bool GivesNothing(IInvocationOperation keeper) =>
        keeper.Type?.SpecialType is SpecialType.System_Void or SpecialType.System_Boolean;

    private static bool IsKept(IOperation target) => target switch
    {
        IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.Length: 0 } => true,
        IPropertyReferenceOperation { Instance: IFieldReferenceOperation } => true,
        IArrayElementReferenceOperation { ArrayReference: IFieldReferenceOperation } => true,
        _ => false,
    };
}
