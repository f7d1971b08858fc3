using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Plans;

/// <summary>
/// Whether a span, another <c>ref struct</c> or a reference would have to live across an await. The compiler says so only when it emits
/// the state machine, after everything a fix can ask, so it is decided here.
/// </summary>
internal static class RefLikeAcross
{
    public static bool Is(IOperation place)
    {
        var loop = default(IOperation);
        IOperation child = place;
        var isStatement = false;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (!isStatement && IsKept(parent, child, place)) return true;
            if (IsHidden(parent, child)) return true;
            isStatement |= IsStatement(parent);
            if (parent is ILoopOperation) loop = parent;
            var locals = parent switch
            {
                IBlockOperation block => block.Locals,
                IUsingOperation use => use.Locals,
                ILoopOperation looped => looped.Locals,
                _ => ImmutableArray<ILocalSymbol>.Empty,
            };
            foreach (var local in locals)
            {
                if (IsRefLike(local) && LivesAcross(local, place, parent, loop)) return true;
            }
        }

        return false;
    }

    private static bool IsStatement(IOperation operation) =>
        operation is IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation;

    private static bool IsRefLike(ILocalSymbol local) => local.IsRef || local.Type.IsRefLikeType;

    /// <summary>
    /// Whether something that the expression around the place has computed before it is a temporary that cannot wait:
    /// <c>span.Slice(1).CopyTo(await …)</c>, <c>Slot(i) = await …</c>
    /// </summary>
    private static bool IsKept(IOperation parent, IOperation child, IOperation place)
    {
        // $"{await …}" for a handler that is a ref struct; (cond ? ref a : ref b) = await …
        if (parent is IInterpolatedStringHandlerCreationOperation { Type.IsRefLikeType: true } or IConditionalOperation { IsRef: true })
            return true;
        foreach (var operand in parent.ChildOperations)
        {
            if (ReferenceEquals(operand, child) || operand.IsImplicit && operand.Syntax.Span.Contains(place.Syntax.Span)) continue;
            // x = await …, where x is a reference to the slot of an array
            if (parent is IAssignmentOperation assignment && ReferenceEquals(operand, assignment.Target) && IsReference(operand))
                return true;
            if (operand.Syntax.SpanStart < place.Syntax.SpanStart && !operand.Syntax.Span.Contains(place.Syntax.Span)
                && IsTemporary(operand))
                return true;
        }

        return false;
    }

    // x, x.Field of a struct, with ref var x = …;
    private static bool IsReference(IOperation target)
    {
        while (target is IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance }) target = instance;
        return target is ILocalReferenceOperation { Local.IsRef: true };
    }

    // A span, the result of a method that returns a reference, a member of either: not a variable, whose value is read when it is needed.
    private static bool IsTemporary(IOperation operand)
    {
        if (operand is IArgumentOperation argument) operand = argument.Value;
        while (true)
        {
            switch (operand)
            {
                case IConversionOperation conversion when conversion.Type is not { IsRefLikeType: true }:
                    return false;
                case IConditionalOperation { IsRef: true }:
                    return true;
                case IInvocationOperation { TargetMethod: { ReturnsByRef: true } or { ReturnsByRefReadonly: true } }:
                case IPropertyReferenceOperation { Property: { ReturnsByRef: true } or { ReturnsByRefReadonly: true } }:
                    return operand.Parent is ISimpleAssignmentOperation or ICompoundAssignmentOperation or ICoalesceAssignmentOperation
                        or IMemberReferenceOperation or IInvocationOperation { Instance: not null }
                        or IArgumentOperation { Parameter.RefKind: not RefKind.None };
                case IFieldReferenceOperation { Instance: { } instance }
                    when operand.Type is not { IsRefLikeType: true } && instance.Type is { IsValueType: true }
                    && operand.Parent is IAssignmentOperation or IFieldReferenceOperation:
                    operand = instance;
                    continue;
                default:
                    return operand.Type is { IsRefLikeType: true };
            }
        }
    }

    /// <summary>
    /// What has no name and lives as long as a statement: <c>using (gate.EnterScope())</c>, <c>foreach (var c in span)</c>.
    /// </summary>
    private static bool IsHidden(IOperation parent, IOperation child) => parent switch
    {
        IUsingOperation use when ReferenceEquals(use.Body, child) =>
            use.Resources.Type is { IsRefLikeType: true }
            || (use.Resources is IVariableDeclarationGroupOperation group && DeclaresRefLike(group)),
        IForEachLoopOperation loop when ReferenceEquals(loop.Body, child) =>
            EnumeratorOf(loop) is { IsRefLikeType: true } || loop.Locals.Any(local => local.IsRef),
        IBlockOperation block =>
            block.Operations.TakeWhile(statement => !ReferenceEquals(statement, child))
            .Any(statement => statement is IUsingDeclarationOperation use && DeclaresRefLike(use.DeclarationGroup)),
        _ => false,
    };

    private static bool DeclaresRefLike(IVariableDeclarationGroupOperation group) =>
        group.Declarations.Any(declaration => declaration.Declarators.Any(declarator => declarator.Symbol.Type.IsRefLikeType));

    private static ITypeSymbol? EnumeratorOf(IForEachLoopOperation loop)
    {
        if (loop.Syntax is not CommonForEachStatementSyntax written || loop.SemanticModel is not { } model) return null;
        return model.GetForEachStatementInfo(written).GetEnumeratorMethod?.ReturnType;
    }

    // Declared above and read below, or read anywhere in a loop that comes round again.
    private static bool LivesAcross(ILocalSymbol local, IOperation place, IOperation scope, IOperation? loop)
    {
        if (local.DeclaringSyntaxReferences.Length != 1 || local.DeclaringSyntaxReferences[0].Span.Start > place.Syntax.SpanStart)
            return false;
        // ReadOnlySpan<char> text = await …
        if (local.DeclaringSyntaxReferences[0].Span.Contains(place.Syntax.Span))
            return loop is not null && !loop.Syntax.Span.Contains(local.DeclaringSyntaxReferences[0].Span);
        // Add(ref slot, await …), slot.Add(await …): read before, and needed behind
        var statement = local.IsRef ? place.Syntax.FirstAncestorOrSelf<StatementSyntax>() : null;
        return scope.Descendants().Any(operation => operation is ILocalReferenceOperation { Local: var read }
            && SymbolEqualityComparer.Default.Equals(read, local)
            && (operation.Syntax.SpanStart > place.Syntax.Span.End
            || statement?.Span.Contains(operation.Syntax.Span) == true
            || (loop is not null && loop.Syntax.Span.Contains(operation.Syntax.Span)
            && !loop.Syntax.Span.Contains(local.DeclaringSyntaxReferences[0].Span))));
    }
}
