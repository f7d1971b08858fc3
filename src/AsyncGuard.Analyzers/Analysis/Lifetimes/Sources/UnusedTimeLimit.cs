using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>A <c>CancellationTokenSource</c> with a time limit whose token nothing in the function receives or looks at.</summary>
internal static class UnusedTimeLimit
{
    /// <summary>Whether a source that is made with a time limit limits nothing: <c>new CancellationTokenSource(1000)</c>.</summary>
    public static bool IsMade(IOperation creation)
    {
        var value = Unwrapped.ImplicitConversionsAround(creation);
        return value.Parent switch
        {
            // using (new CancellationTokenSource(1000)) …
            IExpressionStatementOperation or IUsingOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => IsUnused(local, creation),
            _ => false,
        };
    }

    /// <summary>Whether a time limit that is set later limits nothing: <c>source.CancelAfter(1000)</c>.</summary>
    public static bool IsSet(IInvocationOperation call, GuardContext guard)
    {
        if (call is not { TargetMethod.Name: WellKnownMember.CancelAfter, Instance: ILocalReferenceOperation { Local: var local } }
            || InfiniteTimeout.IsIn(call.Arguments) != false)
            return false;
        return IsMadeHere(local, call, guard) && IsUnused(local, call);
    }

    /// <summary>
    /// Whether a call of the function could receive the token of the source that is made, or whose limit is set:
    /// <c>await client.GetStringAsync(url)</c>.
    /// </summary>
    public static bool IsOfferedToCall(IOperation place, ISymbol? member, GuardContext guard)
    {
        if (SourceOf(place) is not { } local) return false;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is IInvocationOperation call && CancellableCalls.Of(guard).Missing(call, member) is { } token
                && SymbolEqualityComparer.Default.Equals(token.Owner, local))
                return true;
        }

        return false;
    }

    private static ILocalSymbol? SourceOf(IOperation place) =>
        place is IInvocationOperation
        {
            TargetMethod.Name: WellKnownMember.CancelAfter, Instance: ILocalReferenceOperation { Local: var limited }
        } ? limited
        : Unwrapped.ImplicitConversionsAround(place).Parent is IVariableInitializerOperation
        {
            Parent: IVariableDeclaratorOperation { Symbol: var made }
        } ? made : null;

    // Made by this function, without a limit of its own: that one would be the finding.
    private static bool IsMadeHere(ILocalSymbol local, IOperation place, GuardContext guard)
    {
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is not IVariableDeclaratorOperation { Initializer.Value: var value } declarator
                || !SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                continue;
            return Unwrapped.Conversions(value) switch
            {
                IObjectCreationOperation creation => guard.Tokens.IsSource(creation.Type) && !TokenSourceCreation.IsTimed(creation),
                IInvocationOperation made => TokenSourceCreation.IsLinked(made, guard),
                _ => false,
            };
        }

        return false;
    }

    private static bool IsUnused(ILocalSymbol local, IOperation place)
    {
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var used } reference && SymbolEqualityComparer.Default.Equals(used, local)
                && IsUse(reference))
                return false;
        }

        return true;
    }

    // source.Dispose(), source.Cancel() and source.CancelAfter(…) give the limit to nothing; whatever else names the source may.
    private static bool IsUse(ILocalReferenceOperation reference)
    {
        switch (reference.Parent)
        {
            case IInvocationOperation call when ReferenceEquals(call.Instance, reference):
                return false;
            case IConditionalAccessOperation { WhenNotNull: IInvocationOperation }:
            case IUsingOperation:
                return false;

            // var token = source.Token;
            case IPropertyReferenceOperation { Property.Name: WellKnownMember.Token } token:
                return TokenUseOf(token);
            case ISimpleAssignmentOperation assignment:
                return !ReferenceEquals(assignment.Target, reference);
            default:
                return true;
        }
    }

    private static bool TokenUseOf(IOperation token)
    {
        switch (token.Parent)
        {
            case IExpressionStatementOperation:
            case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                return false;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                foreach (var operation in FlowGraphs.RootOf(token).Descendants())
                {
                    if (operation is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local))
                        return true;
                }

                return false;
            default:
                return true;
        }
    }
}
