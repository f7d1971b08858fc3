using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>Code that names a cancellation token: reads it, asks it, or hands it on.</summary>
internal static class TokenUse
{
    /// <summary>Whether the operation itself is a token that may be cancelled, or asks a token or its source whether it is.</summary>
    public static bool Is(IOperation operation, GuardContext guard) => operation switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInvocationOperation =>
            guard.Tokens.TakesToken(operation.Type!),
        IPropertyReferenceOperation property => IsCheck(property, guard) || (guard.Tokens.TakesToken(property.Type!) && !IsNone(property)),
        _ => false,
    };

    /// <summary>Whether the operation asks a token or its source: <c>IsCancellationRequested</c>.</summary>
    public static bool IsCheck(IOperation operation, GuardContext guard) =>
        CancellationMembers.IsCancellationRequested.IsUse(operation);

    /// <summary>Whether a token is named anywhere in the operation, lambdas included.</summary>
    public static bool IsIn(IOperation operation, GuardContext guard)
    {
        foreach (var inner in operation.DescendantsAndSelf())
        {
            if (Is(inner, guard)) return true;
        }

        return false;
    }

    /// <summary>Whether a token or its source is asked anywhere in the operation.</summary>
    public static bool IsCheckIn(IOperation operation, GuardContext guard)
    {
        foreach (var inner in operation.DescendantsAndSelf())
        {
            if (IsCheck(inner, guard)) return true;
        }

        return false;
    }

    // CancellationToken.None
    private static bool IsNone(IPropertyReferenceOperation property) => CancellationMembers.None.Is(property.Property);
}
