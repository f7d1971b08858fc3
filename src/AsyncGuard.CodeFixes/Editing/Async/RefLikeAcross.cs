using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// Whether a span, another <c>ref struct</c> or a <c>ref</c> local would have to live across an await. The compiler says so only when it emits
/// the state machine, after everything a fix can ask, so it is decided here.
/// </summary>
internal static class RefLikeAcross
{
    public static bool Is(IOperation place)
    {
        IOperation? statement = null;
        var loop = default(IOperation);
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (statement is null && IsStatement(parent)) statement = parent;
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

        // span.Slice(1).CopyTo(task.Result): a temporary of the same statement
        return statement is not null && statement.Descendants().Any(operation => operation.Type is { IsRefLikeType: true } && !place.Syntax.Span.Contains(operation.Syntax.Span) && operation.Syntax.Span.Start < place.Syntax.Span.End);
    }

    private static bool IsStatement(IOperation operation) => operation is IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation;

    private static bool IsRefLike(ILocalSymbol local) => local.IsRef || local.Type.IsRefLikeType;

    // Declared above and read below, or read anywhere in a loop that comes round again.
    private static bool LivesAcross(ILocalSymbol local, IOperation place, IOperation scope, IOperation? loop)
    {
        if (local.DeclaringSyntaxReferences.Length != 1 || local.DeclaringSyntaxReferences[0].Span.Start > place.Syntax.SpanStart) return false;
        return scope.Descendants().Any(operation => operation is ILocalReferenceOperation { Local: var read }
            && SymbolEqualityComparer.Default.Equals(read, local)
            && (operation.Syntax.SpanStart > place.Syntax.Span.End || (loop is not null && loop.Syntax.Span.Contains(operation.Syntax.Span) && !loop.Syntax.Span.Contains(local.DeclaringSyntaxReferences[0].Span))));
    }
}
