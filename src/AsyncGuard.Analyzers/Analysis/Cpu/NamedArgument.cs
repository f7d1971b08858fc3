using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>What a parameter receives, by its name; libraries differ only in its letters' case.</summary>
internal static class NamedArgument
{
    /// <summary>The value, or null where there is no such parameter.</summary>
    public static IOperation? Of(ImmutableArray<IArgumentOperation> arguments, string name)
    {
        if (arguments.IsDefault) return null;
        foreach (var argument in arguments)
        {
            if (string.Equals(argument.Parameter?.Name, name, StringComparison.OrdinalIgnoreCase)) return argument.Value;
        }

        return null;
    }
}
