using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>What the condition of a loop looks at.</summary>
internal sealed class PolledState(ILoopOperation loop, GuardContext guard)
{
    internal enum Kind
    {
        /// <summary>The loop's own affair: locals, constants, the time, a token.</summary>
        Own,

        /// <summary>State that other code sets.</summary>
        Shared,

        /// <summary>It may ask an external system, or do work.</summary>
        Unknown,
    }

    public Kind KindOf(IOperation value)
    {
        switch (value)
        {
            case { ConstantValue.HasValue: true } or IInstanceReferenceOperation or IConditionalAccessInstanceOperation
                or IDeclarationExpressionOperation or IDiscardOperation or IDefaultValueOperation or IPatternOperation:
                return Kind.Own;
            case IParameterReferenceOperation { Parameter.RefKind: RefKind.Ref or RefKind.In } or IArrayElementReferenceOperation:
                return Kind.Shared;
            case IParameterReferenceOperation:
                return Kind.Own;
            case ILocalReferenceOperation local:
                return IsSetByOthers(local.Local) ? Kind.Shared : Kind.Own;
            case IFieldReferenceOperation field:
                return field.Field.IsReadOnly || IsSetInLoop(field.Field) ? Kind.Own : Kind.Shared;
            case IPropertyReferenceOperation property:
                return OfProperty(property);
            case IInvocationOperation call:
                return OfCall(call);
            case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation }:
                return Kind.Own;

            case IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
                    or BinaryOperatorKind.GreaterThanOrEqual
            } comparison:
                return OfComparison(comparison);

            case IUnaryOperation or IBinaryOperation or IConversionOperation or IParenthesizedOperation or IIsPatternOperation
                or IIsTypeOperation or ICoalesceOperation or IConditionalAccessOperation or IArgumentOperation:
                return OfAll(value.ChildOperations);
            default:
                return Kind.Unknown;
        }
    }

    /// <summary>Whether the value is a cancellation token: waiting for it alone is no polling.</summary>
    public bool IsToken(IOperation? value) =>
        value is not null && SymbolEqualityComparer.Default.Equals(value.Type, guard.Types.CancellationToken);

    private Kind OfAll(IOperation.OperationList parts)
    {
        var kind = Kind.Own;
        foreach (var part in parts)
        {
            var found = KindOf(part);
            if (found == Kind.Unknown) return Kind.Unknown;
            if (found == Kind.Shared) kind = Kind.Shared;
        }

        return kind;
    }

    // _startAt > DateTime.Now: no code sets the time; i < _rows.Count: the loop ends by itself
    private Kind OfComparison(IBinaryOperation comparison)
    {
        var kind = OfAll(comparison.ChildOperations);
        return kind == Kind.Shared
            && (IsStepped(comparison.LeftOperand) || IsStepped(comparison.RightOperand) || ReadsClock(comparison.LeftOperand)
            || ReadsClock(comparison.RightOperand)) ? Kind.Own : kind;
    }

    private Kind OfProperty(IPropertyReferenceOperation property)
    {
        if (IsToken(property.Instance) || IsClock(property.Property.ContainingType)) return Kind.Own;

        // queue.Count, queue.IsEmpty, task.IsCompleted
        if (IsShared(property.Instance?.Type ?? property.Property.ContainingType)
            || guard.Apis.Has(property.Property, ApiTraits.ProvesComplete) || IsStatusOfTask(property))
            return Kind.Shared;
        if (property.Instance is not null && KindOf(property.Instance) == Kind.Unknown) return Kind.Unknown;
        return IsPlain(property.Property) && !IsSetInLoop(property.Property) ? Kind.Shared : Kind.Unknown;
    }

    // task.Status
    private bool IsStatusOfTask(IPropertyReferenceOperation property) =>
        property.Property.Type.TypeKind == TypeKind.Enum && guard.Awaitables.IsAwaitable(property.Instance?.Type);

    private Kind OfCall(IInvocationOperation call)
    {
        if (IsClock(call.TargetMethod.ContainingType)) return Kind.Own;
        if (AsksTasks(call)) return Kind.Shared;

        // Volatile.Read(ref _done), queue.TryDequeue(out var item), list.Any()
        var owner = call.Instance?.Type
            ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0
            ? Unwrapped.ImplicitConversions(call.Arguments[0].Value).Type : call.TargetMethod.ContainingType);
        return IsShared(owner) && CollectionNames.Looks(call.TargetMethod.Name) && !HasWait(call, guard) ? Kind.Shared : Kind.Unknown;
    }

    // tasks.All(t => t.IsCompleted), tasks.Any(t => !t.IsCompleted), tasks.Count(t => t.IsCompleted) < tasks.Count
    private bool AsksTasks(IInvocationOperation call) =>
        call.Arguments.Length == 2 && CollectionNames.Asks(call.TargetMethod.Name)
        && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, guard.Types.Enumerable)
        && Unwrapped.Conversions(call.Arguments[0].Value)
            is (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation) and { Type: var tasks }
        && guard.Awaitables.HoldsAwaitables(tasks)
        && Unwrapped.Delegate(call.Arguments[1].Value) is IAnonymousFunctionOperation { Body.Operations: { Length: 1 } body }
        && body[0] is IReturnOperation { ReturnedValue: { } condition } && KindOf(condition) == Kind.Shared;

    private bool IsShared(ITypeSymbol? type) => guard.Apis.TypeHas(type, ApiTraits.SharedState);

    // items.TryTake(out var item, 1000), list.Any(x => IsReady(x))
    private static bool HasWait(IInvocationOperation call, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { Type: var type, Name: var name }) continue;
            if (type.TypeKind == TypeKind.Delegate || guard.Tokens.IsToken(type)
                || SymbolEqualityComparer.Default.Equals(type, guard.Types.TimeSpan))
                return true;
            if (ParameterNames.IsTimeout(name)) return true;
        }

        return false;
    }

    // DateTime.Now, _watch.Elapsed, DateTime.UtcNow - started
    private bool ReadsClock(IOperation value)
    {
        var owner = value switch
        {
            IPropertyReferenceOperation property => property.Property.ContainingType,
            IInvocationOperation call => call.TargetMethod.ContainingType,
            _ => null,
        };
        if (owner is not null && IsClock(owner)) return true;
        foreach (var part in value.ChildOperations)
        {
            if (ReadsClock(part)) return true;
        }

        return false;
    }

    private bool IsClock(INamedTypeSymbol type) => guard.Apis.TypeEntry(type, ApiTraits.Clock) is not null;

    // bool Ready { get; set; }, bool Ready => _ready && !_closed; not one that computes, and not one that we cannot see
    private static bool IsPlain(IPropertySymbol property)
    {
        if (property.DeclaringSyntaxReferences.Length != 1
            || property.DeclaringSyntaxReferences[0].GetSyntax() is not PropertyDeclarationSyntax declaration)
            return false;
        if (property.IsAbstract || property.IsVirtual || property.IsOverride) return false;
        SyntaxNode? body = declaration.ExpressionBody;
        if (declaration.AccessorList is { } accessors)
        {
            foreach (var accessor in accessors.Accessors)
            {
                if (accessor.Body is null && accessor.ExpressionBody is null) return true;
            }

            body = accessors.Accessors[0];
        }

        if (body is null) return false;
        foreach (var node in body.DescendantNodes())
        {
            if (node is MemberAccessExpressionSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
                or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax)
                return false;
        }

        return true;
    }

    // for (var i = 0; i < _rows.Count; i++)
    private bool IsStepped(IOperation value)
    {
        if (Unwrapped.Conversions(value) is not ILocalReferenceOperation { Local: var counter }) return false;
        if (loop is IForLoopOperation { AtLoopBottom: var bottom })
        {
            // The usual place, without a walk through the loop.
            foreach (var statement in bottom)
            {
                if (statement is IExpressionStatementOperation { Operation: var step } && Steps(step, counter)) return true;
            }
        }

        foreach (var operation in loop.Descendants())
        {
            if (Steps(operation, counter)) return true;
        }

        return false;
    }

    private static bool Steps(IOperation operation, ILocalSymbol counter)
    {
        var target = operation switch
        {
            IIncrementOrDecrementOperation step => step.Target,
            ICompoundAssignmentOperation step => step.Target,
            _ => null,
        };
        return target is ILocalReferenceOperation { Local: var stepped } && SymbolEqualityComparer.Default.Equals(stepped, counter);
    }

    private bool IsSetInLoop(ISymbol member)
    {
        foreach (var operation in loop.Descendants())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                _ => null,
            };
            if (target is IMemberReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Member, member))
                return true;
        }

        return false;
    }

    // var done = false; source.Completed += (_, _) => done = true; while (!done) …
    private bool IsSetByOthers(ILocalSymbol local)
    {
        var root = FlowGraphs.RootOf(loop);
        if (!AsyncMembers.MayHoldFunctions(root.Syntax)) return false;
        foreach (var operation in root.Descendants())
        {
            if (operation is not IAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } }
                || !SymbolEqualityComparer.Default.Equals(assigned, local))
                continue;
            for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
            {
                if (parent is IAnonymousFunctionOperation lambda
                    && !SymbolEqualityComparer.Default.Equals(lambda.Symbol, local.ContainingSymbol))
                    return true;
                if (parent is ILocalFunctionOperation function
                    && !SymbolEqualityComparer.Default.Equals(function.Symbol, local.ContainingSymbol))
                    return true;
            }
        }

        return false;
    }
}
