using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>An <c>await foreach</c> whose sequence could receive the token in scope.</summary>
internal static class EnumerationToken
{
    /// <summary>
    /// The sequence that is enumerated without a token, and the token it should get; null where it has one, or takes none.
    /// </summary>
    public static (IOperation Sequence, TokenCandidate Token)? MissingIn(IForEachLoopOperation loop, ISymbol? member, GuardContext guard)
    {
        if (!loop.IsAsynchronous || SequenceOf(loop, guard) is not { } sequence || !IsSequence(sequence.Type, guard)) return null;
        if (TokenScope.Of(guard).Best(loop, member) is not { } token || CleanupCode.Surrounds(loop, member, guard)) return null;
        return Takes(sequence, token, guard) ? (sequence, token) : null;
    }

    /// <summary>The parameter by which a call that makes a sequence takes a token, or null.</summary>
    public static IParameterSymbol? TokenParameterOf(IMethodSymbol method, GuardContext guard)
    {
        foreach (var parameter in method.Parameters)
        {
            if (guard.Tokens.TakesToken(parameter.Type)) return parameter;
        }

        return null;
    }

    /// <summary>Whether the token that an enumeration receives reaches the parameter.</summary>
    public static bool IsMarked(IParameterSymbol parameter, GuardContext guard)
    {
        foreach (var attribute in parameter.OriginalDefinition.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, guard.Types.EnumeratorCancellationAttribute)) return true;
        }

        return false;
    }

    // await foreach (var row in rows.ConfigureAwait(false))
    private static IOperation? SequenceOf(IForEachLoopOperation loop, GuardContext guard)
    {
        var sequence = Unwrapped.ImplicitConversions(loop.Collection);
        while (sequence is IInvocationOperation
            {
                TargetMethod: { Name: WellKnownMember.ConfigureAwait, ContainingType: var type },
                Arguments.Length: > 0
            } configured
            && SymbolEqualityComparer.Default.Equals(type, guard.Types.TaskAsyncEnumerableExtensions))
        {
            sequence = Unwrapped.ImplicitConversions(configured.Arguments[0].Value);
        }

        return sequence;
    }

    private static bool Takes(IOperation sequence, TokenCandidate token, GuardContext guard)
    {
        switch (sequence)
        {
            case IInvocationOperation call:
                return TakesFromCall(call, token, guard);

            // IAsyncEnumerable<T> rows, db.Rows
            case IParameterReferenceOperation or IFieldReferenceOperation:
            case IPropertyReferenceOperation { Arguments.IsEmpty: true, Property.IsIndexer: false }:
                return AccessPath.Of(sequence) is { } path && !SymbolEqualityComparer.Default.Equals(path.Root, token.Owner);

            // var rows = ReadAsync();
            case ILocalReferenceOperation local:
                return MadeOnce(local) is IInvocationOperation made && TakesFromCall(made, token, guard);

            default:
                return false;
        }
    }

    private static bool TakesFromCall(IInvocationOperation call, TokenCandidate token, GuardContext guard)
    {
        if (CancellableCalls.Of(guard).MayTakeToken(call))
            return TokenParameterOf(call.TargetMethod, guard) is not { HasExplicitDefaultValue: false }
                && !ImplicitToken.ToMaker(call, token, guard);

        // context.Rows.AsAsyncEnumerable(), of a query or of the set itself
        return call.TargetMethod.ContainingAssembly is { } assembly
            && SymbolEqualityComparer.Default.Equals(assembly, guard.Types.EntityFrameworkQueryableExtensions?.ContainingAssembly)
            && TokenParameterOf(call.TargetMethod, guard) is null;
    }

    private static IOperation? MadeOnce(ILocalReferenceOperation local)
    {
        IOperation? made = null;
        foreach (var operation in FlowGraphs.RootOf(local).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var value } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local):
                    made = Unwrapped.ImplicitConversions(value);
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } }
                    when SymbolEqualityComparer.Default.Equals(assigned, local.Local):
                    return null;
            }
        }

        return made;
    }

    private static bool IsSequence(ITypeSymbol? type, GuardContext guard)
    {
        if (type is null || guard.Types.AsyncEnumerableOfT is not { } contract) return false;
        if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, contract)) return true;
        foreach (var implemented in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, contract)) return true;
        }

        return false;
    }
}
