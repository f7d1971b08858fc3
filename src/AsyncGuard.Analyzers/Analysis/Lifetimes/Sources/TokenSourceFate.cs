using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>Follows a new <c>CancellationTokenSource</c> to see whether anybody disposes it.</summary>
internal static class TokenSourceFate
{
    /// <summary>What happens to the source that the expression makes.</summary>
    public static TokenSourceEnd Of(IOperation creation, GuardContext guard)
    {
        var value = ValueOf(creation);
        switch (value.Parent)
        {
            // CancellationTokenSource.CreateLinkedTokenSource(token).Token
            case IPropertyReferenceOperation { Property.Name: WellKnownMember.Token }:
                return TokenSourceEnd.LeakedUnnamed;

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return IsUsing(declarator) ? TokenSourceEnd.Disposed : OfLocal(declarator.Symbol, creation, guard);

            case IAssignmentOperation
            {
                Target: ILocalReferenceOperation { Local: var local },
                Parent: IExpressionStatementOperation
            } assignment when IsStore(assignment):
                return OfLocal(local, creation, guard);

            case IAssignmentOperation
            {
                Target: IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: var field },
                Parent: IExpressionStatementOperation
            } assignment when IsStore(assignment):
                return SourceField.IsNeverDisposed(field) ? TokenSourceEnd.LeakedInField : TokenSourceEnd.Disposed;

            case IFieldInitializerOperation { InitializedFields: { Length: 1 } fields }:
                return SourceField.IsNeverDisposed(fields[0]) ? TokenSourceEnd.LeakedInField : TokenSourceEnd.Disposed;

            default:
                return TokenSourceEnd.Disposed;
        }
    }

    /// <summary>The local that keeps the new source, or null.</summary>
    public static ILocalSymbol? KeeperOf(IOperation creation) => ValueOf(creation).Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
        IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
        _ => null,
    };

    /// <summary>Until when the tokens of the source are in use that a local keeps.</summary>
    public static TokenLifetimeKind ReachOf(ILocalSymbol local, IOperation place, GuardContext guard, int step) =>
        Read(local, place, guard, step, out _);

    /// <summary>Whether the local or field that gets the source is used to set a time limit.</summary>
    public static bool IsLimitedLater(IOperation creation) => ValueOf(creation).Parent switch
    {
        IFieldInitializerOperation { InitializedFields: { Length: 1 } fields } => SourceField.IsLimited(fields[0]),
        IAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } } => SourceField.IsLimited(field),
        _ => KeeperOf(creation) is { } local && FlowGraphs.RootOf(creation).Descendants().Any(operation => IsLimitOf(operation, local)),
    };

    private static bool IsLimitOf(IOperation operation, ILocalSymbol local) =>
        operation is IInvocationOperation
        {
            TargetMethod.Name: WellKnownMember.CancelAfter,
            Instance: ILocalReferenceOperation { Local: var limited }
        } && SymbolEqualityComparer.Default.Equals(limited, local);

    // token.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(token) : null
    private static IOperation ValueOf(IOperation creation)
    {
        var value = creation;
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation or IParenthesizedOperation or ICoalesceOperation:
                case IConditionalOperation choice when !ReferenceEquals(choice.Condition, value):
                    value = value.Parent;
                    continue;
                default:
                    return value;
            }
        }
    }

    private static bool IsStore(IAssignmentOperation assignment) =>
        assignment is ISimpleAssignmentOperation or ICoalesceAssignmentOperation;

    private static bool IsUsing(IVariableDeclaratorOperation declarator) =>
        declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation;

    private static TokenSourceEnd OfLocal(ILocalSymbol local, IOperation creation, GuardContext guard)
    {
        if (!guard.Tokens.IsSource(local.Type)) return TokenSourceEnd.Disposed;
        var reach = Read(local, creation, guard, 0, out var isDisposed);
        return isDisposed ? TokenSourceEnd.Disposed : reach switch
        {
            TokenLifetimeKind.Ends => TokenSourceEnd.Leaked,
            TokenLifetimeKind.Returned => TokenSourceEnd.LeakedBehindReturn,
            _ => TokenSourceEnd.Disposed,
        };
    }

    private static TokenLifetimeKind Read(ILocalSymbol local, IOperation place, GuardContext guard, int step, out bool isDisposed)
    {
        isDisposed = false;
        var reach = TokenLifetimeKind.Ends;
        IOperation? declaration = null;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local):
                    declaration = declarator.Parent?.Parent ?? declarator;
                    isDisposed |= IsUsing(declarator);
                    break;

                case ILocalReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Local, local):
                    if (declaration is null) return TokenLifetimeKind.Unknown;
                    var use = OfUse(reference, guard, step, out var disposes);
                    isDisposed |= disposes;
                    reach = TokenLifetime.Longer(reach, TokenLifetime.InFunction(reference, declaration, use, guard, step));
                    break;
            }
        }

        return declaration is null ? TokenLifetimeKind.Unknown : reach;
    }

    private static TokenLifetimeKind OfUse(ILocalReferenceOperation source, GuardContext guard, int step, out bool disposes)
    {
        disposes = false;
        switch (source.Parent)
        {
            case IPropertyReferenceOperation { Property.Name: WellKnownMember.Token } token:
                return TokenLifetime.Of(token, guard, step);
            case IPropertyReferenceOperation or IBinaryOperation or IIsPatternOperation:
            case IConversionOperation { Parent: IBinaryOperation }:
                return TokenLifetimeKind.Ends;

            // source.Cancel(), source.Dispose()
            case IInvocationOperation call when ReferenceEquals(call.Instance, source):
                disposes = !WellKnownMember.KeepsSource(call.TargetMethod.Name);
                return TokenLifetimeKind.Ends;

            // source?.Cancel(), but not source?.Token
            case IConditionalAccessOperation { WhenNotNull: IInvocationOperation call }:
                disposes = !WellKnownMember.KeepsSource(call.TargetMethod.Name);
                return TokenLifetimeKind.Ends;
            case ISimpleAssignmentOperation or ICoalesceAssignmentOperation:
                return ReferenceEquals(((IAssignmentOperation)source.Parent).Target, source) ? TokenLifetimeKind.Ends
                    : TokenLifetimeKind.Unknown;

            // using (source)
            case IUsingOperation:
                disposes = true;
                return TokenLifetimeKind.Ends;
            default:
                return TokenLifetimeKind.Unknown;
        }
    }
}
