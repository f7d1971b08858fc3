using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>The source whose token a contender of a race received.</summary>
internal sealed class RaceSource
{
    private const int MaxSteps = 4;

    private readonly ISymbol _source;

    private RaceSource(ISymbol source) => _source = source;

    /// <summary>
    /// The source behind a token: <c>stop.Token</c>, a local that holds it. Null where it is another's: the token of the caller, or none.
    /// </summary>
    public static RaceSource? Of(IOperation token, GuardContext guard)
    {
        var value = token;
        for (var step = 0; step < MaxSteps && value is not null; step++)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IPropertyReferenceOperation { Property.Name: WellKnownMember.Token, Instance: { } source }
                    when guard.Tokens.IsSource(source.Type):
                    value = source;
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    if (guard.Tokens.IsSource(local.Type)) return new RaceSource(local);
                    value = InitialValue.Of(value, guard);
                    break;
                case IMemberReferenceOperation { Member: var member } when guard.Tokens.IsSource(value.Type):
                    return new RaceSource(member);
                case IParameterReferenceOperation { Parameter: var parameter } when guard.Tokens.IsSource(parameter.Type):
                    return new RaceSource(parameter);
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether something cancels the source, other than at places that do not count; a field, a parameter and a source that is handed on
    /// are in the hands of others.
    /// </summary>
    public bool IsCancelled(IOperation root, Func<IOperation, bool> doesNotCount, GuardContext guard)
    {
        if (_source is not ILocalSymbol) return true;
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var declared, Initializer.Value: var initial }
                    when Is(declared) && IsLimited(initial):
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned }, Value: var value }
                    when Is(assigned) && IsLimited(value):
                    return true;
                case ILocalReferenceOperation { Local: var local } reference when Is(local):
                    if (Cancels(reference) ? !doesNotCount(reference) : !IsOnlyRead(reference)) return true;
                    break;
            }
        }

        return false;
    }

    private bool Is(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol, _source);

    // new CancellationTokenSource(limit)
    private static bool IsLimited(IOperation value) =>
        Unwrapped.Conversions(value) is IObjectCreationOperation { Arguments.Length: > 0 };

    // stop.Cancel(), stop?.CancelAsync(), stop.CancelAfter(limit)
    private static bool Cancels(ILocalReferenceOperation source) => source.Parent switch
    {
        IInvocationOperation call => ReferenceEquals(call.Instance, source) && CancellationMembers.Cancel.Is(call.TargetMethod),
        IConditionalAccessOperation access => CancellationMembers.Cancel.IsUse(access.WhenNotNull),
        _ => false,
    };

    // stop.Token, stop.Dispose(), stop.IsCancellationRequested, using (stop), stop = new CancellationTokenSource()
    private static bool IsOnlyRead(ILocalReferenceOperation source) => source.Parent switch
    {
        IPropertyReferenceOperation or IUsingOperation or IConditionalAccessOperation => true,
        IInvocationOperation { TargetMethod.Name: WellKnownMember.Dispose, Instance: var instance } => ReferenceEquals(instance, source),
        ISimpleAssignmentOperation { Target: var target } => ReferenceEquals(target, source),
        _ => false,
    };
}
