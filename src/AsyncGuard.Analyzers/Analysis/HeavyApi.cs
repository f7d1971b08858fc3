using System;
using System.Globalization;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>A call of an API that the catalog knows to take long: it stretches a password, looks for primes, packs or unpacks a whole buffer.</summary>
internal static class HeavyApi
{
    /// <summary>What is called, or null where it is no such API or is told to do little.</summary>
    public static ISymbol? Of(IOperation operation, GuardContext guard)
    {
        ISymbol? target = operation switch
        {
            IInvocationOperation call => call.TargetMethod.ReducedFrom ?? call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (target is null || !guard.Apis.Find(target, ApiTraits.Cpu, out var entry)) return null;

        // An override of ours says itself what it does.
        if (target.IsOverride && guard.Effects.IsVisible(target)) return null;
        return entry.Answer is { } amount && IsLittle(operation, amount, guard) ? null : target;
    }

    // iterations 10000: fewer, where the number is known, are little. So are the ones that its receiver was made with.
    private static bool IsLittle(IOperation operation, string amount, GuardContext guard)
    {
        var space = amount.IndexOf(' ');
        if (space < 0 || !double.TryParse(amount.Substring(space + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var least)) return false;
        var name = amount.Substring(0, space);
        var given = ArgumentOf(operation, name);
        if (given is null && operation is IInvocationOperation { Instance: { } receiver } && InitialValue.Of(receiver, guard.Effects.Bodies) is { } made)
        {
            // new Rfc2898DeriveBytes(password, salt) takes few
            if ((given = ArgumentOf(made, name)) is null) return true;
        }

        return given is not null && KnownNumber.Of(given, guard) is { } number && number < least;
    }

    private static IOperation? ArgumentOf(IOperation operation, string name)
    {
        var arguments = operation switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => default,
        };
        if (arguments.IsDefaultOrEmpty) return null;
        foreach (var argument in arguments)
        {
            if (string.Equals(argument.Parameter?.Name, name, StringComparison.OrdinalIgnoreCase)) return argument.Value;
        }

        return null;
    }
}
