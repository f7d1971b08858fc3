using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>
/// A value that belongs to the thread, or to the flow of async code: <c>[ThreadStatic]</c>, <c>ThreadLocal&lt;T></c>,
/// <c>AsyncLocal&lt;T></c>.
/// </summary>
internal static class AmbientValue
{
    public static bool IsThreadStatic(IFieldSymbol field, GuardContext guard)
    {
        foreach (var attribute in field.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, guard.Types.ThreadStaticAttribute)) return true;
        }

        return false;
    }

    /// <summary>The field, property, local or parameter that holds the <c>ThreadLocal</c> or <c>AsyncLocal</c>.</summary>
    public static ISymbol? HolderOf(IOperation value) => Unwrapped.Conversions(value) switch
    {
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        ILocalReferenceOperation local => local.Local,
        _ => null,
    };

    /// <summary>Whether the reference is only written to, or is part of what fills it for the first time.</summary>
    public static bool IsWrittenBy(IOperation reference)
    {
        var value = Unwrapped.ConversionsAround(reference);
        return value.Parent switch
        {
            ISimpleAssignmentOperation assignment => ReferenceEquals(assignment.Target, value),

            // _buffer ??= new byte[100], _buffer ?? new byte[100], nameof(_buffer)
            ICoalesceAssignmentOperation or ICoalesceOperation or INameOfOperation => true,
            _ => false,
        };
    }

    // [ThreadStatic] static Random? _random; … _random ??= new Random(); each thread has its own, whichever it is
    public static bool IsTool(ISymbol holder, IOperation place, GuardContext guard)
    {
        var isFilled = false;
        foreach (var use in NamedUses.Of(holder, place, guard))
        {
            // new ThreadLocal<Random>(() => new Random())
            var value = ThreadingMembers.HeldValue.IsUse(use.Parent) ? use.Parent! : use;
            value = Unwrapped.ConversionsAround(value);
            switch (value.Parent)
            {
                case ICoalesceAssignmentOperation or ICoalesceOperation:
                    isFilled = true;
                    break;
                case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, value):
                    if (ReferenceEquals(value, use) && !(holder is IFieldSymbol field && IsThreadStatic(field, guard))) break;
                    if (!IsWhereEmpty(assignment, holder)) return false;
                    isFilled = true;
                    break;
                case IIncrementOrDecrementOperation or ICompoundAssignmentOperation:
                    return false;
            }
        }

        return isFilled || HasFactory(holder, place, guard);
    }

    public static bool IsWrittenIn(IOperation code, ISymbol holder)
    {
        foreach (var operation in code.Descendants())
        {
            if (IsWrite(operation, holder)) return true;
        }

        return false;
    }

    /// <summary>Whether the operation gives the variable another value.</summary>
    public static bool IsWrite(IOperation operation, ISymbol holder)
    {
        var target = operation switch
        {
            IAssignmentOperation assignment => assignment.Target,
            IIncrementOrDecrementOperation step => step.Target,
            _ => null,
        };
        return target switch
        {
            IPropertyReferenceOperation { Instance: { } instance } when ThreadingMembers.HeldValue.IsUse(target) =>
                SymbolEqualityComparer.Default.Equals(HolderOf(instance), holder),
            IFieldReferenceOperation field => SymbolEqualityComparer.Default.Equals(field.Field, holder),
            _ => false,
        };
    }

    /// <summary>The async method that is awaited and sets the variable itself, or null.</summary>
    public static IMethodSymbol? SetterIn(IAwaitOperation awaited, ISymbol holder, GuardContext guard)
    {
        if (Unwrapped.Awaited(awaited.Operation) is not IInvocationOperation { TargetMethod: { IsAsync: true } method }) return null;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            var count = 0;
            foreach (var operation in body.Descendants())
            {
                if (IsWrite(operation, holder) && IsOwn(operation, method)) count++;
            }

            // Code that sets it twice restores it.
            if (count == 1) return method;
        }

        return null;
    }

    private static bool IsOwn(IOperation operation, IMethodSymbol method) => FlowGraphs.FunctionAround(operation) switch
    {
        null => true,
        ILocalFunctionOperation { Symbol: var local } => SymbolEqualityComparer.Default.Equals(local, method),
        _ => false,
    };

    // if (_random == null) _random = new Random(); _random = null;
    private static bool IsWhereEmpty(ISimpleAssignmentOperation assignment, ISymbol holder)
    {
        if (assignment.Value.ConstantValue is { HasValue: true, Value: null } || assignment.Value is IDefaultValueOperation) return true;
        for (var parent = assignment.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is not IConditionalOperation choice) continue;
            foreach (var operation in choice.Condition.DescendantsAndSelf())
            {
                if (operation is IMemberReferenceOperation { Member: var tested } && SymbolEqualityComparer.Default.Equals(tested, holder))
                    return true;
            }
        }

        return false;
    }

    private static bool HasFactory(ISymbol holder, IOperation place, GuardContext guard)
    {
        if (holder is IFieldSymbol { IsStatic: true } field && IsThreadStatic(field, guard)) return false;
        var reference = place is IPropertyReferenceOperation { Instance: { } instance } ? instance : null;
        return InitialValue.Of(reference, guard) is not IObjectCreationOperation { Arguments: var arguments } || HasDelegate(arguments);
    }

    private static bool HasDelegate(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate) return true;
        }

        return false;
    }
}
