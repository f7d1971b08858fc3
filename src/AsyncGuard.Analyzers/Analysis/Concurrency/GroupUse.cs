using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// What one place does with the task group that it names: followed outwards through casts, <c>?.</c>, <c>scope.Group</c> and
/// <c>ConfigureAwait</c>.
/// </summary>
internal readonly struct GroupUse
{
    private GroupUse(GroupUseKind kind, IOperation place, bool isInner)
    {
        Kind = kind;
        Place = place;
        IsInner = isInner;
    }

    public GroupUseKind Kind { get; }

    /// <summary>The operation that decides: the call, the assignment, the <c>return</c>.</summary>
    public IOperation Place { get; }

    /// <summary>Whether it is the group of a scope that is used, which cannot be joined: <c>scope.Group</c>.</summary>
    public bool IsInner { get; }

    public static GroupUse Of(IOperation group, GuardContext guard)
    {
        var isInner = false;
        while (true)
        {
            var parent = group.Parent!;
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    group = parent;
                    continue;

                case IPropertyReferenceOperation when GroupMembers.Group.IsUse(parent):
                    isInner = true;
                    group = parent;
                    continue;

                // scope?.Cancel()
                case IConditionalAccessOperation access when ReferenceEquals(access.Operation, group):
                    if (ReceiverIn(access.WhenNotNull) is not { } receiver) return new GroupUse(GroupUseKind.Passed, parent, isInner);
                    group = receiver;
                    continue;

                case IInvocationOperation call when ReferenceEquals(call.Instance, group):
                    return new GroupUse(OfMember(call.TargetMethod), call, isInner);

                // await using (scope.ConfigureAwait(false))
                case IArgumentOperation
                {
                    Parent: IInvocationOperation
                    {
                        TargetMethod: { Name: WellKnownMember.ConfigureAwait, IsExtensionMethod: true }
                    } configured
                }:
                    group = configured;
                    continue;

                case IUsingOperation:
                    return new GroupUse(GroupUseKind.Disposed, parent, isInner);

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return new GroupUse(OpenedGroup.IsDeclaredResource(declarator) ? GroupUseKind.Disposed : GroupUseKind.Stored, parent,
                        isInner);

                case ISimpleAssignmentOperation assignment:
                    return new GroupUse(ReferenceEquals(assignment.Target, group) ? GroupUseKind.Written : GroupUseKind.Stored, parent,
                        isInner);

                case IReturnOperation:
                    return new GroupUse(GroupUseKind.Returned, parent, isInner);

                case IPropertyReferenceOperation or IBinaryOperation or IIsPatternOperation or INameOfOperation or IInterpolationOperation:
                    return new GroupUse(GroupUseKind.Read, parent, isInner);

                default:
                    return new GroupUse(GroupUseKind.Passed, parent, isInner);
            }
        }
    }

    private static GroupUseKind OfMember(IMethodSymbol method) =>
        GroupMembers.Join.Is(method) ? GroupUseKind.Joined
        : GroupMembers.Cancel.Is(method) ? GroupUseKind.Cancelled
        : GroupMembers.Dispose.Is(method) ? GroupUseKind.Disposed
        : GroupMembers.Starts(method.Name) ? GroupUseKind.Started : GroupUseKind.Read;

    private static IOperation? ReceiverIn(IOperation whenNotNull)
    {
        foreach (var operation in whenNotNull.DescendantsAndSelf())
        {
            if (operation is IConditionalAccessInstanceOperation) return operation;
        }

        return null;
    }
}
