using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// Recognises a call that asks but never waits: <c>Wait(0)</c>, <c>WaitOne(TimeSpan.Zero)</c>, <c>Sleep(0)</c>. What the source does not
/// give says nothing: the default of a limit is that of a lifetime, or a lock's that still asks a server.
/// </summary>
internal static class ZeroTimeout
{
    public static bool IsGivenTo(IInvocationOperation call, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { Type: var type, Name: var name }
                && CanBeTimeout(type, name, guard)
                && (IsZero(argument.Value, guard) || IsZero(InitialValue.Of(argument.Value, guard), guard)))
                return true;
        }

        return false;
    }

    private static bool CanBeTimeout(ITypeSymbol type, string name, GuardContext guard) =>
        IsTimeSpan(type, guard)
        || (type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 && ParameterNames.IsTime(name));

    private static bool IsTimeSpan(ITypeSymbol? type, GuardContext guard) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type, guard.Types.TimeSpan);

    private static bool IsZero(IOperation? value, GuardContext guard) => value switch
    {
        IConversionOperation conversion => IsZero(conversion.Operand, guard),
        { ConstantValue: { HasValue: true, Value: 0 or 0L } } => true,
        IFieldReferenceOperation { Field: var field } => ThreadingMembers.ZeroTimeSpan.Is(field),
        IDefaultValueOperation { Type: var type } => IsTimeSpan(type, guard),
        IObjectCreationOperation { Type: var type, Arguments: var arguments } => IsTimeSpan(type, guard) && AreZero(arguments),
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: var type }, Arguments: { Length: > 0 } arguments }
            when IsTimeSpan(type, guard) => arguments[0].Value.ConstantValue is { HasValue: true, Value: 0 or 0L or 0d },
        _ => false,
    };

    private static bool AreZero(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.ConstantValue is not { HasValue: true, Value: 0 or 0L }) return false;
        }

        return true;
    }
}
