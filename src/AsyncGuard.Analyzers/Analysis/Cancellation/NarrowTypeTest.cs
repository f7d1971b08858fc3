using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// The places where a clause that catches more than cancellations asks whether its exception is a <c>TaskCanceledException</c>:
/// <c>when (ex is TaskCanceledException)</c>, <c>if (ex is not TaskCanceledException) Log(ex);</c>, <c>case TaskCanceledException:</c>.
/// </summary>
internal sealed class NarrowTypeTest
{
    private readonly List<ExpressionSyntax> _types = new();
    private readonly List<ILocalSymbol> _names = new();
    private readonly GuardContext _guard;
    private bool _hasOther;

    private NarrowTypeTest(GuardContext guard) => _guard = guard;

    /// <summary>The names of the type in the tests.</summary>
    public IReadOnlyList<ExpressionSyntax> Types => _types;

    /// <summary>The variables of the tests: <c>ex is TaskCanceledException cancelled</c>.</summary>
    public IReadOnlyList<ILocalSymbol> Names => _names;

    /// <summary>
    /// What the clause asks; null where it does not, where it knows <c>OperationCanceledException</c> as well, where it looks further into
    /// the exception than at its token, and where the type is one of several that count as failures.
    /// </summary>
    public static NarrowTypeTest? Of(ICatchClauseOperation clause, GuardContext guard)
    {
        if (guard.Cancellations.Is(clause.ExceptionType) || !guard.Cancellations.Catches(clause.ExceptionType)
            || CancellationHandler.ExceptionOf(clause) is not { } exception)
            return null;
        var tests = new NarrowTypeTest(guard);
        if (clause.Filter is { } filter) tests.AddIn(filter, exception);
        tests.AddIn(clause.Handler, exception);
        return tests._hasOther || tests._types.Count == 0 ? null : tests;
    }

    private void AddIn(IOperation code, ILocalSymbol exception)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IIsTypeOperation test when IsOf(test.ValueOperand, exception):
                    Add(test.TypeOperand, test, (test.Syntax as BinaryExpressionSyntax)?.Right);
                    break;
                case IIsPatternOperation test when IsOf(test.Value, exception):
                    AddPattern(test.Pattern);
                    break;
                case ISwitchOperation choice when IsOf(choice.Value, exception):
                    foreach (var section in choice.Cases) AddSection(section);
                    break;
                case ISwitchExpressionOperation choice when IsOf(choice.Value, exception):
                    foreach (var arm in choice.Arms) AddPattern(arm.Pattern);
                    break;

                // ex.GetType() == typeof(TaskCanceledException), ex as OperationCanceledException
                case ITypeOfOperation { TypeOperand: var type }:
                    _hasOther |= _guard.Cancellations.Is(type);
                    break;
                case IConversionOperation { IsImplicit: false, Type: var type }:
                    _hasOther |= _guard.Cancellations.Is(type);
                    break;
            }
        }
    }

    // case TaskCanceledException: case TimeoutException: … is one of several too
    private void AddSection(ISwitchCaseOperation section)
    {
        var known = _types.Count;
        foreach (var label in section.Clauses)
        {
            if (label is IPatternCaseClauseOperation { Pattern: var pattern }) AddPattern(pattern);
        }

        _hasOther |= section.Clauses.Length > 1 && _types.Count > known;
    }

    private void AddPattern(IPatternOperation pattern)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                AddPattern(negated.Pattern);
                break;
            case IBinaryPatternOperation both:
                AddPattern(both.LeftPattern);
                AddPattern(both.RightPattern);
                break;
            case ITypePatternOperation type:
                Add(type.MatchedType, type, TypeIn(type.Syntax));
                break;
            case IDeclarationPatternOperation declaration:
                if (Add(declaration.MatchedType, declaration, (declaration.Syntax as DeclarationPatternSyntax)?.Type)
                    && declaration.DeclaredSymbol is ILocalSymbol name)
                    _names.Add(name);
                break;
            case IRecursivePatternOperation recursive:
                if (!Add(recursive.MatchedType, recursive, (recursive.Syntax as RecursivePatternSyntax)?.Type)) break;
                if (recursive.DeclaredSymbol is ILocalSymbol local) _names.Add(local);
                foreach (var property in recursive.PropertySubpatterns)
                    _hasOther |= !CancellationMembers.TokenOfException.IsUse(property.Member);
                break;
        }
    }

    private bool Add(ITypeSymbol? tested, IOperation test, ExpressionSyntax? name)
    {
        if (!_guard.Cancellations.Is(tested)) return false;
        if (!SymbolEqualityComparer.Default.Equals(tested, _guard.Types.TaskCanceledException) || name is null || IsOneOfSeveral(test))
        {
            _hasOther = true;
            return false;
        }

        _types.Add(name);
        return true;
    }

    // ex is HttpRequestException or TaskCanceledException: failures of the network, of which a time-out is one; not those that go on:
    // ex is not (TaskCanceledException or ObjectDisposedException)
    private static bool IsOneOfSeveral(IOperation test)
    {
        var isOne = false;
        for (var parent = test.Parent; parent is IPatternOperation or IIsPatternOperation or IBinaryOperation or IUnaryOperation
            or IParenthesizedOperation or IConversionOperation; parent = parent.Parent)
        {
            switch (parent)
            {
                case INegatedPatternOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    return false;
                case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or }:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or }:
                    isOne = true;
                    break;
            }
        }

        return isOne;
    }

    // what stands behind not is written as a constant
    private static ExpressionSyntax? TypeIn(SyntaxNode pattern) => pattern switch
    {
        TypePatternSyntax { Type: var type } => type,
        ConstantPatternSyntax { Expression: var type } => type,
        _ => pattern as ExpressionSyntax,
    };

    private static bool IsOf(IOperation value, ILocalSymbol exception) =>
        Unwrapped.Conversions(value) is ILocalReferenceOperation { Local: var local }
        && SymbolEqualityComparer.Default.Equals(local, exception);
}
