using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// Separates tokens by which a caller stops the work from those that the work makes for itself, such as time limits of a single attempt.
/// </summary>
internal static class CallerTokens
{
    private const int MaxSteps = 6;

    /// <summary>Whether the operation names a token that is cancelled from outside of the code.</summary>
    public static bool AreIn(IOperation operation, SyntaxNode code, GuardContext guard) => AreIn(operation, code, guard, 0);

    private static bool AreIn(IOperation operation, SyntaxNode code, GuardContext guard, int step)
    {
        foreach (var inner in operation.DescendantsAndSelf())
        {
            if (TokenUse.Is(inner, guard) && AccessPath.Of(inner) is { } path && IsOutside(path.Root, inner, code, guard, step))
                return true;
        }

        return false;
    }

    private static bool IsOutside(ISymbol root, IOperation place, SyntaxNode code, GuardContext guard, int step) => root switch
    {
        IParameterSymbol parameter => IsDeclaredOutside(parameter, code),
        ILocalSymbol local => IsOutside(local, place, code, guard, step),
        IFieldSymbol or IPropertySymbol => !TokenSources.IsCancelledAround(place.Syntax, root.Name),
        _ => false,
    };

    private static bool IsOutside(ILocalSymbol local, IOperation place, SyntaxNode code, GuardContext guard, int step)
    {
        if (step == MaxSteps || local.DeclaringSyntaxReferences.Length != 1) return false;
        if (local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } written })
            return IsDeclaredOutside(local, code);
        if (place.SemanticModel is not { } model || model.SyntaxTree != written.SyntaxTree || model.GetOperation(written) is not { } value)
            return false;

        value = Unwrapped.Conversions(value);
        return value switch
        {
            // new CancellationTokenSource(timeout) is the work's own; one without a limit is cancelled by other code that has it
            IObjectCreationOperation creation =>
                creation.Arguments.IsEmpty && IsDeclaredOutside(local, code) && !TokenSources.IsCancelledAround(place.Syntax, local.Name),

            // CreateLinkedTokenSource(token), limit.Token
            _ when NamesToken(value, guard) => AreIn(value, code, guard, step + 1),
            _ => IsDeclaredOutside(local, code),
        };
    }

    private static bool NamesToken(IOperation value, GuardContext guard)
    {
        foreach (var inner in value.DescendantsAndSelf())
        {
            if (inner != value || inner is not IInvocationOperation)
            {
                if (TokenUse.Is(inner, guard)) return true;
            }
        }

        return false;
    }

    private static bool IsDeclaredOutside(ISymbol symbol, SyntaxNode code)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == code.SyntaxTree && code.Span.Contains(reference.Span)) return false;
        }

        return true;
    }
}
