using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>Calls that get the token although no argument of theirs is it.</summary>
internal static class ImplicitToken
{
    public static bool Reaches(IInvocationOperation call, TokenCandidate token, GuardContext guard) =>
        ToMaker(call, token, guard) || IsEnumeratedLater(call, guard);

    /// <summary>The same for a call that makes a sequence, whose enumeration may still receive the token.</summary>
    public static bool ToMaker(IInvocationOperation call, TokenCandidate token, GuardContext guard) =>
        IsWithToken(Unwrapped.ConditionalReceiver(call), token.Owner, guard) || IsAmongArguments(call, token.Owner, guard);

    // token.WaitAsync(), context.Response.WriteAsync(text), task.RunAsync(token).WaitAsync(timeout)
    private static bool IsWithToken(IOperation? receiver, ISymbol owner, GuardContext guard)
    {
        while (Unwrapped.ConversionsOrNull(receiver) is IInvocationOperation made)
        {
            if (HasToken(made.Arguments, guard)) return true;
            receiver = Unwrapped.ConditionalReceiver(made);
        }

        return AccessPath.Of(receiver) is { } path
            && (guard.Tokens.IsToken(path.Type) || SymbolEqualityComparer.Default.Equals(path.Root, owner));
    }

    // RunAsync(context), WriteAsync(new Options { CancellationToken = token }), Log("{0}", token)
    private static bool IsAmongArguments(IInvocationOperation call, ISymbol owner, GuardContext guard)
    {
        if (HasToken(call.Arguments, guard)) return true;
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue
                && SymbolEqualityComparer.Default.Equals(ReferredBy(Unwrapped.ConversionsOrNull(argument.Value)), owner))
                return true;
        }

        return false;
    }

    private static bool HasToken(ImmutableArray<IArgumentOperation> arguments, GuardContext guard)
    {
        foreach (var argument in arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && Carries(argument.Value, guard)) return true;
        }

        return false;
    }

    private static bool Carries(IOperation value, GuardContext guard)
    {
        switch (Unwrapped.ConversionsOrNull(value))
        {
            case IObjectCreationOperation creation:
                return HasToken(creation.Arguments, guard)
                    || (creation.Initializer is { } initializer && AnyCarries(initializer.Initializers, guard));
            case ISimpleAssignmentOperation assignment:
                return Carries(assignment.Value, guard);
            case IArrayCreationOperation { Initializer: { } items }:
                return AnyCarries(items.ElementValues, guard);
            case { } other:
                return guard.Tokens.IsToken(other.Type);
            default:
                return false;
        }
    }

    private static bool AnyCarries(ImmutableArray<IOperation> values, GuardContext guard)
    {
        foreach (var value in values)
        {
            if (Carries(value, guard)) return true;
        }

        return false;
    }

    // await foreach (var x in Run()), Run().WithCancellation(token), var run = Run(): the code that enumerates it passes the token
    private static bool IsEnumeratedLater(IInvocationOperation call, GuardContext guard)
    {
        if (guard.Types.AsyncEnumerableOfT is not { } sequence
            || !SymbolEqualityComparer.Default.Equals(call.Type?.OriginalDefinition, sequence))
            return false;
        var use = Unwrapped.ConversionsAround(call).Parent;
        return use switch
        {
            IReturnOperation => false,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } } argument =>
                argument.Parameter is { Ordinal: 0 },
            IArgumentOperation => false,
            _ => true,
        };
    }

    private static ISymbol? ReferredBy(IOperation? value) => value switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property,
        _ => null,
    };
}
