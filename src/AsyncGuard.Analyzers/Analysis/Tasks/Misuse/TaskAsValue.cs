using System;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Misuse;

/// <summary>Places where a task stands that its result was intended for.</summary>
internal static class TaskAsValue
{
    /// <summary>The task in <c>$"{task}"</c>, in <c>"a" + task</c>, or in <c>FindAsync() == null</c>; null where there is none.</summary>
    public static (IOperation Task, TaskAsValueKind Kind)? In(IOperation operation, GuardContext guard)
    {
        switch (operation)
        {
            case IInterpolationOperation { Expression: var value } when Find(value, guard) is { } task:
                return (task, TaskAsValueKind.Text);

            case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: { Length: > 0 } arguments } }
                when Find(arguments[0].Value, guard) is { } task:
                return (task, TaskAsValueKind.Text);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } concatenation:
                return (Find(concatenation.LeftOperand, guard) ?? Find(concatenation.RightOperand, guard)) is { } part
                    ? (part, TaskAsValueKind.Text) : null;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                return (ComparedWithNull(comparison.LeftOperand, comparison.RightOperand, guard)
                    ?? ComparedWithNull(comparison.RightOperand, comparison.LeftOperand, guard)) is { } compared
                    ? (compared, TaskAsValueKind.Compared) : null;

            case IInvocationOperation { TargetMethod: { Name: nameof(ToString), Parameters.IsEmpty: true }, Instance: { } instance }
                when Find(instance, guard) is { } task:
                return (task, TaskAsValueKind.Text);

            case IReturnOperation { ReturnedValue: { } returned }:
                return ReturnedAsObject(returned, guard) is { } result ? (result, TaskAsValueKind.Returned) : null;

            default:
                return null;
        }
    }

    /// <summary>The task that is passed to a call or a constructor that shows what it receives; null where there is none.</summary>
    public static IOperation? GivenTo(IMethodSymbol? method, ImmutableArray<IArgumentOperation> arguments, GuardContext guard)
    {
        if (method is null) return null;
        foreach (var argument in arguments)
        {
            if (FindIn(argument.Value, guard) is not { } task) continue;
            return guard.Apis.Has(method, ApiTraits.ShowsValue)
                || guard.Apis.TypeEntry(method.ContainingType, ApiTraits.ShowsValue) is not null ? task : null;
        }

        return null;
    }

    // logger.LogInformation("{Name}", LoadAsync()): an element of the array that the call makes; Ok(new { Order = LoadAsync() })
    private static IOperation? FindIn(IOperation value, GuardContext guard)
    {
        if (Find(value, guard) is { } task) return task;
        if (Unwrapped.ImplicitConversions(value) is IAnonymousObjectCreationOperation { Initializers: var members })
        {
            foreach (var member in members)
            {
                if (member is ISimpleAssignmentOperation { Value: var part } && FindIn(part, guard) is { } shown) return shown;
            }
        }

        if (!ElementList.TryGet(value, out var elements)) return null;
        foreach (var element in elements)
        {
            if (FindIn(element, guard) is { } found) return found;
        }

        return null;
    }

    // The task behind the conversions to object that the place asks for; an explicit cast is deliberate.
    private static IOperation? Find(IOperation value, GuardContext guard)
    {
        value = Unwrapped.ImplicitConversions(value);
        return IsTask(value.Type, guard) ? value : null;
    }

    private static bool IsTask(ITypeSymbol? type, GuardContext guard) =>
        (guard.Types.IsExactTask(type) || guard.Awaitables.IsValueTask(type));

    // if (FindAsync(id) == null): a task that a call has just started; not one that is kept, and whose name is looked at
    private static IOperation? ComparedWithNull(IOperation value, IOperation other, GuardContext guard)
    {
        if (other.ConstantValue is not { HasValue: true, Value: null } || Find(value, guard) is not IInvocationOperation call) return null;
        if (call.TargetMethod is { MethodKind: MethodKind.DelegateInvoke } or { ReturnNullableAnnotation: NullableAnnotation.Annotated })
            return null;
        if (guard.Awaitables.ResultOf(call.Type) is not { } result || !MayBeNull(result) || StartedTask.Of(call, guard) is null)
            return null;

        // Code that does not say what may be null: a name that ends with Async promises a task.
        return call.TargetMethod.IsAsync || call.TargetMethod.ReturnNullableAnnotation == NullableAnnotation.NotAnnotated
            || call.TargetMethod.Name.EndsWith(ConventionalNames.Async, StringComparison.Ordinal) ? call : null;
    }

    private static bool MayBeNull(ITypeSymbol result) =>
        result.IsReferenceType || result.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    // async Task<object> M() { return LoadAsync(); }
    private static IOperation? ReturnedAsObject(IOperation returned, GuardContext guard) =>
        returned is IConversionOperation
        {
            IsImplicit: true,
            Type: { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic }
        } ? Find(returned, guard) : null;
}
