using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>Values without what merely wraps them, and wraps from the value outwards. C# has no operation for parentheses.</summary>
internal static class Unwrapped
{
    /// <summary>The value that is converted: <c>(object)value</c>.</summary>
    public static IOperation Conversions(IOperation value)
    {
        while (value is IConversionOperation conversion) value = conversion.Operand;
        return value;
    }

    /// <summary>The value that is converted, or null where there is none.</summary>
    public static IOperation? ConversionsOrNull(IOperation? value) => value is null ? null : Conversions(value);

    /// <summary>The value without the conversions that the source does not write down.</summary>
    public static IOperation ImplicitConversions(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion) value = conversion.Operand;
        return value;
    }

    /// <summary>The lambda, method or value that a delegate is made from: <c>new Action(Work)</c>.</summary>
    public static IOperation Delegate(IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IDelegateCreationOperation creation:
                    value = creation.Target;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>The awaited expression behind <c>.ConfigureAwait(…)</c>.</summary>
    public static IOperation Awaited(IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IInvocationOperation { TargetMethod.Name: WellKnownMember.ConfigureAwait, Instance: { } configured }:
                    value = configured;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>The value with the conversions and the <c>.ConfigureAwait(…)</c> around it.</summary>
    public static IOperation ConfiguredAround(IOperation value)
    {
        value = ConversionsAround(value);
        while (value.Parent is IInvocationOperation { TargetMethod.Name: WellKnownMember.ConfigureAwait } configured
            && ReferenceEquals(configured.Instance, value))
            value = ConversionsAround(configured);
        return value;
    }

    /// <summary>The <c>await</c> of the value, or null where it is used otherwise.</summary>
    public static IAwaitOperation? AwaitAround(IOperation value) => ConfiguredAround(value).Parent as IAwaitOperation;

    /// <summary>The value with the conversions, <c>.ConfigureAwait(…)</c> and <c>await</c> around it.</summary>
    public static IOperation AwaitedAround(IOperation value)
    {
        value = ConfiguredAround(value);
        while (value.Parent is IAwaitOperation awaited) value = ConfiguredAround(awaited);
        return value;
    }

    /// <summary>The sequence behind <c>.WithCancellation(…)</c> and <c>.ConfigureAwait(…)</c>.</summary>
    public static IOperation Sequence(IOperation value)
    {
        while (true)
        {
            value = Awaited(value);
            if (value is not IInvocationOperation call
                || (call.TargetMethod.Name != WellKnownMember.ConfigureAwait && !SequenceMembers.WithCancellation.Is(call.TargetMethod))
                || Receiver(call) is not { } inner)
                return value;
            value = inner;
        }
    }

    /// <summary>The call behind what stands for the same work: <c>ConfigureAwait</c>, <c>AsTask</c>, <c>Preserve</c>.</summary>
    public static IOperation Work(IOperation value)
    {
        while (value is IInvocationOperation { TargetMethod.Name: var name, Instance: { } inner } && ConventionalNames.KeepsWork(name))
            value = inner;
        return value;
    }

    /// <summary>What a call, an object creation or a property reads or runs; an extension method as it is declared.</summary>
    public static ISymbol? Target(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.ReducedFrom ?? call.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    /// <summary>What the call is on, also where the method is an extension; null where there is none.</summary>
    public static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    /// <summary>The same, without <c>?.</c>: <c>a</c> in <c>a?.B()</c>.</summary>
    public static IOperation? ConditionalReceiver(IInvocationOperation call) =>
        Receiver(call) is { } receiver ? Conditional(receiver) : null;

    /// <summary>The object that the call is on, without <c>?.</c>; null for a static method, extension methods included.</summary>
    public static IOperation? ConditionalInstance(IInvocationOperation call) =>
        call.Instance is { } instance ? Conditional(instance) : null;

    /// <summary><c>a</c> for what <c>?.B()</c> is on in <c>a?.B()</c>; any other value itself.</summary>
    public static IOperation Conditional(IOperation value)
    {
        if (value is not IConditionalAccessInstanceOperation) return value;
        var child = value;
        for (var parent = value.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, child)) return access.Operation;
        }

        return value;
    }

    /// <summary>The collection that <c>tasks[i]</c> takes an element of.</summary>
    public static AccessPath? ElementOf(IOperation value) => Conversions(value) switch
    {
        IArrayElementReferenceOperation element => AccessPath.Of(element.ArrayReference),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } => AccessPath.Of(collection),
        _ => null,
    };

    /// <summary>The value with the conversions around it.</summary>
    public static IOperation ConversionsAround(IOperation value)
    {
        while (value.Parent is IConversionOperation outer) value = outer;
        return value;
    }

    /// <summary>The value with the conversions around it that the source does not write down.</summary>
    public static IOperation ImplicitConversionsAround(IOperation value)
    {
        while (value.Parent is IConversionOperation { IsImplicit: true } outer) value = outer;
        return value;
    }

    /// <summary>The function with the delegate that is made from it, and the conversions around that.</summary>
    public static IOperation DelegateAround(IOperation function)
    {
        while (function.Parent is IConversionOperation or IDelegateCreationOperation) function = function.Parent;
        return function;
    }

    /// <summary>The expression in parentheses.</summary>
    public static ExpressionSyntax Parentheses(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax { Expression: var inner }) expression = inner;
        return expression;
    }

    /// <summary>The expression with the parentheses around it.</summary>
    public static ExpressionSyntax ParenthesesAround(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax outer) expression = outer;
        return expression;
    }

    /// <summary>The name with what stands before it and the marks after it: <c>this._source</c>, <c>_source!</c>.</summary>
    public static ExpressionSyntax FullName(IdentifierNameSyntax name)
    {
        ExpressionSyntax whole = name;
        while (true)
        {
            switch (whole.Parent)
            {
                case MemberAccessExpressionSyntax access when access.Name == whole:
                    whole = access;
                    continue;
                case PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax:
                    whole = (ExpressionSyntax)whole.Parent;
                    continue;
                default:
                    return whole;
            }
        }
    }

    /// <summary>
    /// Whether the await does not throw what the task failed with:
    /// <c>await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)</c>.
    /// </summary>
    public static bool IsSilenced(IAwaitOperation awaited) => awaited.Operation is IInvocationOperation
    {
        TargetMethod.Name: WellKnownMember.ConfigureAwait, Arguments: { Length: 1 } arguments
    }
    && arguments[0].Value.Type?.SpecialType != SpecialType.System_Boolean;
}
