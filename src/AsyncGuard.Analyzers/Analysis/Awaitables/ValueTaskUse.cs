using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>What code does with a <c>ValueTask</c> that it names.</summary>
internal static class ValueTaskUse
{
    /// <summary>
    /// Whether the use takes the result, which is there once: an await, <c>Result</c>, <c>GetAwaiter</c>, <c>AsTask</c>, a call that
    /// receives it, a return.
    /// </summary>
    public static bool Consumes(IOperation use, GuardContext guard)
    {
        var value = Unwrapped.ConfiguredAround(use);
        return value.Parent switch
        {
            IAwaitOperation => true,
            IInvocationOperation call =>
                ReferenceEquals(call.Instance, value) && TaskMembers.UsesUp.Is(call.TargetMethod),
            IPropertyReferenceOperation property => TaskMembers.Result.Is(property.Property),
            IArgumentOperation { Parameter: { RefKind: RefKind.None, Type: var type } } => guard.Awaitables.IsValueTask(type),
            IReturnOperation => true,
            _ => false,
        };
    }

    /// <summary>Whether the value may be asked any number of times: it holds a result or a task.</summary>
    public static bool IsRepeatable(IOperation value, GuardContext guard) => Unwrapped.Conversions(value) switch
    {
        IObjectCreationOperation { Arguments: var arguments } => arguments.Length == 0 || arguments.Length == 1,
        IDefaultValueOperation => true,
        IInvocationOperation call => TaskMembers.Repeatable.Is(call.TargetMethod),
        IPropertyReferenceOperation property => TaskMembers.CompletedTask.Is(property.Property),
        IConditionalOperation { WhenFalse: { } whenFalse } choice => IsRepeatable(choice.WhenTrue, guard) && IsRepeatable(whenFalse, guard),
        _ => false,
    };
}
