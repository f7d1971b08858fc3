using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// The locals and parameters that are disposed when a place is left: by a <c>using</c>, or by the <c>Dispose()</c> of a <c>finally</c>.
/// </summary>
internal static class DisposedResources
{
    /// <summary>Those that are disposed when the place is left, innermost first; null where there is none.</summary>
    public static List<ISymbol>? After(IOperation place)
    {
        List<ISymbol>? resources = null;
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IUsingOperation use when ReferenceEquals(use.Body, child):
                    Add(use, resources ??= new());
                    break;
                case ITryOperation { Finally: { } cleanup } attempt when !ReferenceEquals(cleanup, child):
                    AddDisposed(attempt, resources ??= new());
                    break;

                // using var reader = …; is in force until its block ends
                case IBlockOperation block:
                    foreach (var statement in block.Operations)
                    {
                        if (ReferenceEquals(statement, child)) break;
                        if (statement is IUsingDeclarationOperation declaration)
                            AddLocals(declaration.DeclarationGroup, resources ??= new());
                    }

                    break;
            }
        }

        return resources;
    }

    /// <summary>Those of one <c>using</c> statement, or of one <c>try</c> with a <c>finally</c>.</summary>
    public static List<ISymbol> Of(IOperation scope)
    {
        var resources = new List<ISymbol>();
        if (scope is IUsingOperation use) Add(use, resources);
        else if (scope is ITryOperation { Finally: not null } attempt) AddDisposed(attempt, resources);
        return resources;
    }

    /// <summary>
    /// What a statement disposes whatever happens: <c>reader.Dispose();</c>, <c>reader?.Dispose();</c>,
    /// <c>await reader.DisposeAsync();</c>, <c>if (reader != null) reader.Dispose();</c>
    /// </summary>
    public static ISymbol? DisposedBy(IOperation statement)
    {
        if (statement is IConditionalOperation { WhenFalse: null, Condition: var condition, WhenTrue: var then })
        {
            if (then is IBlockOperation { Operations: { Length: 1 } only }) then = only[0];
            return then is IExpressionStatementOperation && DisposedBy(then) is { } guarded && IsTestForNull(condition, guarded)
                ? guarded : null;
        }

        if (statement is not IExpressionStatementOperation { Operation: var expression }) return null;
        if (expression is IAwaitOperation awaited) expression = Unwrapped.Awaited(awaited.Operation);
        IOperation? receiver = null;
        if (expression is IConditionalAccessOperation access)
        {
            receiver = access.Operation;
            expression = access.WhenNotNull;
        }

        if (expression is not IInvocationOperation
            {
                TargetMethod: { Name: WellKnownMember.Dispose or WellKnownMember.DisposeAsync, Parameters.IsEmpty: true }
            } call)
            return null;
        return SymbolOf(receiver ?? call.Instance);
    }

    private static void Add(IUsingOperation use, List<ISymbol> resources)
    {
        foreach (var local in use.Locals) resources.Add(local);

        // using (existing) …, using (existing = Open()) …
        var resource = Unwrapped.Conversions(use.Resources);
        if (resource is ISimpleAssignmentOperation assignment) resource = assignment.Target;
        if (SymbolOf(resource) is { } existing) resources.Add(existing);
    }

    // try { … } finally { reader.Dispose(); }; not where the try gives it away: reader = null;
    private static void AddDisposed(ITryOperation attempt, List<ISymbol> resources)
    {
        foreach (var statement in attempt.Finally!.Operations)
        {
            if (DisposedBy(statement) is { } resource && !IsGivenAway(resource, attempt)) resources.Add(resource);
        }
    }

    private static bool IsGivenAway(ISymbol resource, ITryOperation attempt)
    {
        foreach (var operation in attempt.Descendants())
        {
            if (operation is IAssignmentOperation { Target: var target, Value: var value }
                && SymbolEqualityComparer.Default.Equals(SymbolOf(target), resource)
                && Unwrapped.Conversions(value) is ILiteralOperation or IDefaultValueOperation)
                return true;
        }

        return false;
    }

    // reader != null, reader is not null, reader is { }
    private static bool IsTestForNull(IOperation condition, ISymbol resource) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } test =>
            SymbolEqualityComparer.Default.Equals(SymbolOf(test.LeftOperand), resource)
            && Unwrapped.Conversions(test.RightOperand) is ILiteralOperation,
        IIsPatternOperation test => SymbolEqualityComparer.Default.Equals(SymbolOf(test.Value), resource),
        _ => false,
    };

    private static ISymbol? SymbolOf(IOperation? value) => Unwrapped.ConversionsOrNull(value) switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => parameter,
        _ => null,
    };

    private static void AddLocals(IVariableDeclarationGroupOperation group, List<ISymbol> locals)
    {
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators) locals.Add(declarator.Symbol);
        }
    }
}
