using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>What a <c>catch</c> clause says of the exception, by its filter and in its body.</summary>
internal static class CancellationHandler
{
    /// <summary>
    /// Whether the clause looks which exception it has, or keeps it for other code: then it is unknown whether it ends there.
    /// </summary>
    public static bool Decides(ICatchClauseOperation clause, GuardContext guard) =>
        FilterDecides(clause.Filter, guard) || HasTypeTest(clause.Handler, guard)
        || (ExceptionOf(clause) is { } exception && (LeavesFor(clause.Handler, exception) || Keeps(clause.Handler, exception)));

    /// <summary>The variable of <c>catch (Exception ex)</c>, or null.</summary>
    public static ILocalSymbol? ExceptionOf(ICatchClauseOperation clause) => clause.ExceptionDeclarationOrExpression switch
    {
        IVariableDeclaratorOperation declarator => declarator.Symbol,
        ILocalReferenceOperation local => local.Local,
        _ => null,
    };

    /// <summary>Whether the filter of a clause certainly lets cancellations in, whatever else it asks for.</summary>
    public static bool TakesCancellations(ICatchClauseOperation clause, GuardContext guard) =>
        guard.Cancellations.Catches(clause.ExceptionType) && (clause.Filter is not { } filter || Passes(filter, guard) == true);

    // when (ex is not OperationCanceledException), when (!token.IsCancellationRequested), when (IsTransient(ex)), when (!_stopping); but
    // not when (attempt < 3), nor what a cancellation certainly passes: when (ex is not IOException)
    private static bool FilterDecides(IOperation? filter, GuardContext guard)
    {
        if (filter is null || Passes(filter, guard) == true) return false;
        foreach (var operation in filter.DescendantsAndSelf())
        {
            var isCount = operation switch
            {
                ILiteralOperation or IBinaryOperation or IUnaryOperation or IConversionOperation or IParenthesizedOperation
                    or IIncrementOrDecrementOperation => true,
                ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation => IsNumber(operation.Type),
                _ => false,
            };
            if (!isCount) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a cancellation passes the filter: true for <c>ex is OperationCanceledException</c> and <c>ex is not IOException</c>, false
    /// for <c>ex is IOException</c>, null where something else decides.
    /// </summary>
    private static bool? Passes(IOperation filter, GuardContext guard) => filter switch
    {
        IParenthesizedOperation inner => Passes(inner.Operand, guard),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => !Passes(operand, guard),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both =>
            And(Passes(both.LeftOperand, guard), Passes(both.RightOperand, guard)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either =>
            Or(Passes(either.LeftOperand, guard), Passes(either.RightOperand, guard)),
        IIsTypeOperation { ValueOperand: ILocalReferenceOperation, TypeOperand: var type, IsNegated: var isNegated } =>
            isNegated ? !IsOf(type, guard) : IsOf(type, guard),
        IIsPatternOperation { Value: ILocalReferenceOperation, Pattern: var pattern } => Matches(pattern, guard),
        _ => null,
    };

    private static bool? Matches(IPatternOperation pattern, GuardContext guard) => pattern switch
    {
        INegatedPatternOperation negated => !Matches(negated.Pattern, guard),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both =>
            And(Matches(both.LeftPattern, guard), Matches(both.RightPattern, guard)),
        IBinaryPatternOperation either => Or(Matches(either.LeftPattern, guard), Matches(either.RightPattern, guard)),
        ITypePatternOperation test => IsOf(test.MatchedType, guard),
        IDeclarationPatternOperation test => IsOf(test.MatchedType, guard),
        _ => null,
    };

    private static bool? IsOf(ITypeSymbol? type, GuardContext guard)
    {
        if (guard.Cancellations.Catches(type)) return true;
        if (type is not { TypeKind: TypeKind.Class }) return null;
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (guard.Cancellations.Is(current)) return null;
        }

        return false;
    }

    private static bool? And(bool? one, bool? other) => one == false || other == false ? false : one == true && other == true ? true : null;

    private static bool? Or(bool? one, bool? other) => one == true || other == true ? true : one == false && other == false ? false : null;

    /// <summary>Whether the code asks for one of the cancellation exceptions.</summary>
    // if (ex is OperationCanceledException) …, case OperationCanceledException:, ex.GetType() == typeof(TaskCanceledException)
    public static bool HasTypeTest(IOperation code, GuardContext guard)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            var tested = operation switch
            {
                IIsTypeOperation test => test.TypeOperand,
                ITypePatternOperation pattern => pattern.MatchedType,
                IDeclarationPatternOperation pattern => pattern.MatchedType,
                IRecursivePatternOperation pattern => pattern.MatchedType,
                ITypeOfOperation type => type.TypeOperand,
                IConversionOperation { IsTryCast: true } cast => cast.Type,
                _ => null,
            };
            if (guard.Cancellations.Is(tested)) return true;
        }

        return false;
    }

    // if (!IsTransient(ex)) throw;
    private static bool LeavesFor(IOperation handler, ILocalSymbol exception)
    {
        var looks = false;
        var leaves = false;
        foreach (var operation in handler.Descendants())
        {
            switch (operation)
            {
                case IConditionalOperation choice:
                    looks |= Names(choice.Condition, exception);
                    break;
                case ISwitchOperation choice:
                    looks |= Names(choice.Value, exception);
                    break;
                case ISwitchExpressionOperation choice:
                    looks |= Names(choice.Value, exception);
                    break;
                case IThrowOperation or IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo }:
                    leaves = true;
                    break;
            }
        }

        return looks && leaves;
    }

    // last = ex, errors.Add(ex), completion.TrySetException(ex), Handle(ex) where that throws or knows cancellations
    private static bool Keeps(IOperation handler, ILocalSymbol exception)
    {
        foreach (var operation in handler.Descendants())
        {
            switch (operation)
            {
                case IAssignmentOperation assignment when IsException(assignment.Value, exception):
                case IInvocationOperation call
                    when IsGivenTo(call, exception)
                        && (ConventionalNames.KeepsException(call.TargetMethod.Name) || MayThrow(call.TargetMethod)):
                    return true;
            }
        }

        return false;
    }

    private static bool IsGivenTo(IInvocationOperation call, ILocalSymbol exception)
    {
        foreach (var argument in call.Arguments)
        {
            if (IsException(argument.Value, exception)) return true;
        }

        return false;
    }

    private static bool IsException(IOperation value, ILocalSymbol exception)
    {
        switch (value)
        {
            case IConversionOperation conversion:
                return IsException(conversion.Operand, exception);
            case IObjectCreationOperation creation:
                foreach (var argument in creation.Arguments)
                {
                    if (IsException(argument.Value, exception)) return true;
                }

                return false;

            // Task.FromException(ex), Result.Fail(ex)
            case IInvocationOperation call:
                return IsGivenTo(call, exception);
            default:
                return value is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, exception);
        }
    }

    // A helper of ours that may throw the exception on, or that looks for cancellations.
    private static bool MayThrow(IMethodSymbol method)
    {
        foreach (var declaration in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (CancellationWords.ThinksOfCancellation(declaration.GetSyntax())) return true;
        }

        return false;
    }

    private static bool Names(IOperation operation, ILocalSymbol exception)
    {
        foreach (var inner in operation.DescendantsAndSelf())
        {
            if (inner is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, exception))
                return true;
        }

        return false;
    }

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    /// <summary>
    /// Whether the clause is for what is left when no token is cancelled, by its filter (<c>when (!token.IsCancellationRequested)</c>) or
    /// behind a clause for those that are (<c>when (token.IsCancellationRequested)</c>).
    /// </summary>
    public static bool IsForTimeOut(ICatchClauseOperation clause, GuardContext guard)
    {
        if (AsksForNone(clause, guard)) return true;
        if (clause.Parent is not ITryOperation { Catches: var catches }) return false;
        foreach (var other in catches)
        {
            if (ReferenceEquals(other, clause)) return false;
            if (guard.Cancellations.Is(other.ExceptionType) && AsksFor(other, isCancelled: true, guard)) return true;
        }

        return false;
    }

    /// <summary>Whether the filter asks that no token is cancelled: <c>when (!token.IsCancellationRequested)</c>.</summary>
    public static bool AsksForNone(ICatchClauseOperation clause, GuardContext guard) => AsksFor(clause, isCancelled: false, guard);

    // token.IsCancellationRequested; or !token.IsCancellationRequested, token.IsCancellationRequested == false
    private static bool AsksFor(ICatchClauseOperation clause, bool isCancelled, GuardContext guard)
    {
        if (clause.Filter is not { } filter) return false;
        foreach (var operation in filter.DescendantsAndSelf())
        {
            if (TokenUse.IsCheck(operation, guard) && IsAskedForTrue(operation, filter) == isCancelled) return true;
        }

        return false;
    }

    private static bool IsAskedForTrue(IOperation check, IOperation filter)
    {
        for (var operation = check; !ReferenceEquals(operation, filter); operation = operation.Parent!)
        {
            if (operation.Parent is not (IParenthesizedOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And }))
                return false;
        }

        return true;
    }
}
