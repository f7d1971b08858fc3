using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// A file, archive or stream that is opened for reading only, or comes from a response: when it closes, there is nothing left to write.
/// </summary>
internal static class ReadOnlyObject
{
    /// <summary>
    /// <code>
    /// File.OpenRead(path)
    /// new FileStream(path, FileMode.Open, FileAccess.Read)
    /// new ZipArchive(stream)
    /// new GZipStream(stream, CompressionMode.Decompress)
    /// </code>
    /// </summary>
    public static bool Is(IOperation? value, GuardContext guard)
    {
        while (value is IConversionOperation conversion) value = conversion.Operand;
        return value switch
        {
            // await client.GetStreamAsync(url), await response.Content.ReadAsStreamAsync()
            IAwaitOperation { Operation: var awaited } =>
                Unwrapped.Awaited(awaited) is IInvocationOperation call && Reads(call.TargetMethod, call.Arguments, guard),
            IInvocationOperation call => Reads(call.TargetMethod, call.Arguments, guard),
            IObjectCreationOperation { Constructor: { } constructor } creation => Reads(constructor, creation.Arguments, guard),
            _ => false,
        };
    }

    private static bool Reads(IMethodSymbol opening, ImmutableArray<IArgumentOperation> arguments, GuardContext guard) =>
        guard.Apis.Has(opening, ApiTraits.ReadsOnly) || (guard.Apis.Has(opening, ApiTraits.ReadsByMode) && AsksToRead(arguments));

    private static bool AsksToRead(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value is IFieldReferenceOperation
                {
                    Field:
                    {
                        Name: "Read" or "Decompress",
                        ContainingType.TypeKind: TypeKind.Enum
                    }
                })
                return true;
        }

        return false;
    }
}
