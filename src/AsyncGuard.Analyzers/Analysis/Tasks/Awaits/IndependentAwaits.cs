using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>
/// Awaits of one block that follow each other although none needs the result of another:
/// <c>var a = await x.GetStringAsync(u); var b = await y.GetStringAsync(v);</c>
/// Read in the order in which they run. What could write, fail on purpose, leave the block or look at an earlier result ends a row.
/// </summary>
internal sealed class IndependentAwaits
{
    private readonly GuardContext _guard;
    private readonly List<ImmutableArray<ConcurrentRead>> _rows = new();
    private readonly List<ConcurrentRead> _row = new();
    private readonly HashSet<ISymbol> _assigned = new(SymbolEqualityComparer.Default);
    private bool _sawAwait;

    private IndependentAwaits(GuardContext guard) => _guard = guard;

    /// <summary>The row whose second await this is; empty where it is the first of one, a later one, or none.</summary>
    public static ImmutableArray<ConcurrentRead> RowWithSecond(IAwaitOperation awaited, GuardContext guard)
    {
        if (ConcurrentRead.Of(awaited, guard) is null || BlockAround(awaited) is not { } block) return ImmutableArray<ConcurrentRead>.Empty;
        var reader = new IndependentAwaits(guard);
        foreach (var statement in block.Operations) reader.ReadStatement(statement);
        reader.EndRow();
        foreach (var row in reader._rows)
        {
            if (ReferenceEquals(row[1].Await, awaited) || row[1].Await.Syntax == awaited.Syntax)
                return IsInTransaction(row, guard) ? ImmutableArray<ConcurrentRead>.Empty : row;
        }

        return ImmutableArray<ConcurrentRead>.Empty;
    }

    private static IBlockOperation? BlockAround(IOperation place)
    {
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is IBlockOperation block) return block;
        }

        return null;
    }

    private void ReadStatement(IOperation statement)
    {
        // var length = a.Length; in between needs the first to be done.
        if (_row.Count > 0 && !HasAwait(statement) && UsesAssigned(statement)) EndRow();
        switch (statement)
        {
            case IExpressionStatementOperation or IVariableDeclarationGroupOperation or IUsingDeclarationOperation:
                Read(statement);
                break;

            // return (await a, await b);
            case IReturnOperation:
                Read(statement);
                EndRow();
                break;

            case ILocalFunctionOperation or IEmptyOperation:
                break;

            default:
                EndRow();
                break;
        }
    }

    private void Read(IOperation operation)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation or INameOfOperation:
                return;

            case IAwaitOperation awaited when ConcurrentRead.Of(awaited, _guard) is { } read:
                Add(read);
                return;

            case ISimpleAssignmentOperation { Target: var target } assignment when VariableOf(target) is { } variable:
                ReadInto(variable, assignment.Value);
                return;

            case IVariableDeclaratorOperation declarator:
                if (declarator.Initializer is { } initializer) ReadInto(declarator.Symbol, initializer);
                return;

            // await a ?? throw …, await a ? await b : c: what comes second need not come at all
            case ICoalesceOperation or IConditionalOperation or IConditionalAccessOperation or ISwitchExpressionOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                ReadChoice(operation);
                return;
        }

        foreach (var child in operation.ChildOperations) Read(child);
        if (!IsQuiet(operation)) EndRow();
    }

    // x = await …, which is no effect where x is a variable; a field that is assigned anything else may be what the call before it reads
    private void ReadInto(ISymbol variable, IOperation value)
    {
        var sawAwait = _sawAwait;
        _sawAwait = false;
        Read(value);
        if (_sawAwait || UsesAssigned(value)) _assigned.Add(variable);
        else if (variable is not (ILocalSymbol or IParameterSymbol)) EndRow();
        _sawAwait |= sawAwait;
    }

    private void ReadChoice(IOperation choice)
    {
        var isFirst = true;
        foreach (var child in choice.ChildOperations)
        {
            if (isFirst) Read(child);
            else if (!PureExpression.Is(child, _guard)) EndRow();
            isFirst = false;
        }
    }

    private void Add(ConcurrentRead read)
    {
        var fits = !UsesAssigned(read.Call);
        foreach (var earlier in _row) fits &= read.IsIndependentOf(earlier, _guard);
        if (!fits) EndRow();
        _row.Add(read);
        _sawAwait = true;
    }

    private static bool HasAwait(IOperation code)
    {
        if (code is IAwaitOperation) return true;
        foreach (var child in code.ChildOperations)
        {
            if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && HasAwait(child)) return true;
        }

        return false;
    }

    private bool UsesAssigned(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (VariableOf(operation) is { } used && _assigned.Contains(used)) return true;
        }

        return false;
    }

    private void EndRow()
    {
        if (_row.Count > 1) _rows.Add(ImmutableArray.CreateRange(_row));
        _row.Clear();
        _assigned.Clear();
    }

    // A local, a field, or a property that only keeps what it receives
    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property
            when !property.Property.DeclaringSyntaxReferences.IsEmpty && PureExpression.IsStored(property.Property) => property.Property,
        _ => null,
    };

    // What only names, puts together or hands on values
    private bool IsQuiet(IOperation operation) => operation switch
    {
        IExpressionStatementOperation or IVariableDeclarationGroupOperation or IVariableDeclarationOperation
            or IVariableInitializerOperation or IUsingDeclarationOperation or IReturnOperation or IDelegateCreationOperation
            or IDeclarationExpressionOperation => true,
        IDeconstructionAssignmentOperation or IDiscardOperation or IArgumentOperation => true,
        IPropertyReferenceOperation { Arguments.IsEmpty: true, Property: var property } => PureExpression.IsStored(property),
        IConversionOperation conversion => conversion.OperatorMethod is null,
        ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
        IObjectCreationOperation or IInvocationOperation => PureExpression.Is(operation, _guard),
        _ => operation.Kind is OperationKind.Literal or OperationKind.LocalReference or OperationKind.ParameterReference
            or OperationKind.FieldReference or OperationKind.InstanceReference or OperationKind.DefaultValue or OperationKind.TypeOf
            or OperationKind.Parenthesized or OperationKind.Tuple or OperationKind.ArrayCreation or OperationKind.ArrayInitializer
            or OperationKind.Interpolation or OperationKind.InterpolatedString or OperationKind.InterpolatedStringText
            or OperationKind.MethodReference
            || operation is IBinaryOperation { OperatorMethod: null or { ContainingType.SpecialType: not SpecialType.None } },
    };

    // Connections that are opened inside a TransactionScope share its transaction.
    private static bool IsInTransaction(ImmutableArray<ConcurrentRead> row, GuardContext guard)
    {
        if (guard.Types.TransactionScope is not { } scope) return false;
        foreach (var operation in FlowGraphs.RootOf(row[0].Await).Descendants())
        {
            if (operation is IObjectCreationOperation creation && SymbolEqualityComparer.Default.Equals(creation.Type, scope)) return true;
        }

        return false;
    }
}
