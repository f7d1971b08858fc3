using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>What code does with a <c>ValueTask</c> that it names.</summary>
internal static class ValueTaskUse
{
    /// <summary>
    /// Whether the use takes the result, which is there once: an await, <c>Result</c>, <c>GetAwaiter</c>, <c>AsTask</c>, a call that is
    /// given it, a return.
    /// </summary>
    public static bool Consumes(IOperation use, GuardContext guard)
    {
        var value = Unwrapped.ConfiguredAround(use);
        return value.Parent switch
        {
            IAwaitOperation => true,
            IInvocationOperation call =>
                ReferenceEquals(call.Instance, value) && call.TargetMethod.Name is "AsTask" or "Preserve" or "GetAwaiter",
            IPropertyReferenceOperation property => property.Property.Name == "Result",
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
        IInvocationOperation
        {
            TargetMethod:
            {
                Name: "Preserve" or "FromResult" or "FromException" or "FromCanceled",
                ContainingType: var type
            }
        } => guard.Awaitables.IsValueTask(type),
        IPropertyReferenceOperation { Property: { IsStatic: true, Name: "CompletedTask" } } => true,
        IConditionalOperation { WhenFalse: { } whenFalse } choice => IsRepeatable(choice.WhenTrue, guard) && IsRepeatable(whenFalse, guard),
        _ => false,
    };
}
