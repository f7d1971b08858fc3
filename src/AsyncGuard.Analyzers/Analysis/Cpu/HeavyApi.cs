using System.Collections.Immutable;
using System.Globalization;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// A call of an API that the catalog knows to take long: it stretches a password, looks for primes, packs or unpacks a whole buffer.
/// </summary>
internal static class HeavyApi
{
    /// <summary>What is called, or null where it is no such API or is asked to do little.</summary>
    public static ISymbol? Of(IOperation operation, GuardContext guard)
    {
        if (Unwrapped.Target(operation) is not { } target || !guard.Apis.Find(target, ApiTraits.Cpu, out var entry)) return null;

        // An override of ours says itself what it does.
        if (target.IsOverride && guard.IsOurs(target)) return null;
        return entry.Answer is { } amount && IsLittle(operation, amount, guard) ? null : target;
    }

    // iterations 10000: fewer, where the number is known, are little. So are the ones that its receiver was made with.
    private static bool IsLittle(IOperation operation, string amount, GuardContext guard)
    {
        if (Least(amount, out var name) is not { } least) return false;
        var given = ArgumentOf(operation, name);
        if (given is null && operation is IInvocationOperation { Instance: { } receiver } && InitialValue.Of(receiver, guard) is { } made)
        {
            // new Rfc2898DeriveBytes(password, salt) takes few
            if ((given = ArgumentOf(made, name)) is null) return true;
        }

        return given is not null && ConstantNumber.Of(given, guard) is { } number && number < least;
    }

    /// <summary>
    /// Whether the call asks a method of ours to do little with the only such API that it calls: <c>Derive(password, 1)</c>, where
    /// <c>Derive(string password, int iterations)</c> hands the number on.
    /// </summary>
    public static bool IsCalledWithLittle(IInvocationOperation call, GuardContext guard)
    {
        if (call.IsVirtual || !guard.IsOurs(call.TargetMethod)) return false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
                && ConstantNumber.Of(argument.Value, guard) is not null)
                return IsLittle((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, call.Arguments, guard);
        }

        return false;
    }

    private static bool IsLittle(IMethodSymbol method, ImmutableArray<IArgumentOperation> given, GuardContext guard)
    {
        var isLittle = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method))
        {
            foreach (var operation in body.Descendants())
            {
                if (Of(operation, guard) is not { } target || !guard.Apis.Find(target, ApiTraits.Cpu, out var entry)) continue;
                if (entry.Answer is not { } amount || !IsLittle(operation, amount, given, guard)) return false;
                isLittle = true;
            }
        }

        return isLittle;
    }

    private static bool IsLittle(IOperation operation, string amount, ImmutableArray<IArgumentOperation> given, GuardContext guard)
    {
        if (Least(amount, out var name) is not { } least) return false;
        if (Unwrapped.ConversionsOrNull(ArgumentOf(operation, name)) is not IParameterReferenceOperation { Parameter: var parameter })
            return false;
        foreach (var argument in given)
        {
            if (argument.Parameter is { } own && own.Name == parameter.Name)
                return ConstantNumber.Of(argument.Value, guard) is { } number && number < least;
        }

        return false;
    }

    // iterations 10000
    private static double? Least(string amount, out string name)
    {
        var space = amount.IndexOf(' ');
        name = space < 0 ? amount : amount.Substring(0, space);
        return space >= 0 && double.TryParse(amount.Substring(space + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var least)
            ? least : null;
    }

    private static IOperation? ArgumentOf(IOperation operation, string name)
    {
        var arguments = operation switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => default,
        };
        return NamedArgument.Of(arguments, name);
    }
}
