using System.Collections.Immutable;
using System.Globalization;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// A call whose awaitable form would run in place all the same, as can be seen from its arguments or from how its receiver was made.
/// </summary>
internal static class InPlaceTwin
{
    public static bool Is(IInvocationOperation call, GuardContext guard) =>
        CopiesData(call) || (ConventionalNames.Writes(call.TargetMethod.Name) && IsMadeInPlace(call.Instance, guard));

    // tar.GetNextEntry(copyData: true), whose awaitable form copies synchronously
    private static bool CopiesData(IInvocationOperation call)
    {
        if (!PlatformMembers.GetNextEntry.Is(call.TargetMethod)) return false;
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter.Name: ParameterNames.CopyData, Value.ConstantValue: { HasValue: true, Value: true } }) return true;
        }

        return false;
    }

    // TextWriter.Synchronized(writer), new BrotliStream(stream, CompressionLevel.SmallestSize)
    private static bool IsMadeInPlace(IOperation? receiver, GuardContext guard) => (InitialValue.Of(receiver, guard) ?? receiver) switch
    {
        IInvocationOperation { TargetMethod: var maker } => guard.Apis.Has(maker, ApiTraits.RunsInPlace),
        IObjectCreationOperation { Constructor: { } constructor, Arguments: var arguments } =>
            guard.Apis.Find(constructor, ApiTraits.RunsInPlace, out var entry) && entry.Answer is { } amount && IsGiven(amount, arguments),
        _ => false,
    };

    // compressionLevel 3
    private static bool IsGiven(string amount, ImmutableArray<IArgumentOperation> arguments)
    {
        var space = amount.IndexOf(' ');
        if (space < 0 || !int.TryParse(amount.Substring(space + 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var least))
            return false;
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name == amount.Substring(0, space)
                && argument.Value.ConstantValue is { HasValue: true, Value: int given })
                return given >= least;
        }

        return false;
    }
}
