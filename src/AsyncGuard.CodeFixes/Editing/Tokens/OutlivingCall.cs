using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// A call whose task goes on when its caller has ended: discarded, or kept in a field. The token of the caller would end it with the
/// caller's request: <c>_ = LogAsync(row);</c>, <c>_work = RunAsync();</c>
/// </summary>
internal static class OutlivingCall
{
    public static bool Is(IInvocationOperation call, FixContext fix)
    {
        // gate.Wait(); has ended where its statement has
        if (!fix.Guard.Awaitables.IsAwaitable(call.Type)) return false;
        IOperation value = Unwrapped.ConversionsAround(call);
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
                case IExpressionStatementOperation:
                    return true;
                case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    return true;
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

    private static bool IsKept(IOperation target) => target switch
    {
        IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.Length: 0 } => true,
        IPropertyReferenceOperation { Instance: IFieldReferenceOperation } => true,
        IArrayElementReferenceOperation { ArrayReference: IFieldReferenceOperation } => true,
        _ => false,
    };
}
