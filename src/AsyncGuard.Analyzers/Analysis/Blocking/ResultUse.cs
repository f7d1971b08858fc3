using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>Whether anybody uses the value of an expression.</summary>
internal static class ResultUse
{
    /// <summary>Whether it stands as a statement, as the body of a void member or lambda, or is assigned to a discard.</summary>
    public static bool IsUnused(IOperation expression)
    {
        var parent = expression.Parent;

        // a?.X() as a statement
        while (parent is IConditionalAccessOperation access && access.WhenNotNull == expression) (expression, parent) = (access, access.Parent);
        return parent is IExpressionStatementOperation || (parent is ISimpleAssignmentOperation { Target: IDiscardOperation } discard && discard.Parent is IExpressionStatementOperation);
    }
}
