using System.Collections.Generic;
using System.Linq;

namespace AsyncGuard.Packages.Tests;

/// <summary>What the rules made of the sources of one package.</summary>
internal sealed record PackageResult(int Wanted, IReadOnlyList<string> Missing, IReadOnlyList<string> False,
    IReadOnlyList<string> CompilerErrors)
{
    public int Found => Wanted - Missing.Count;

    public bool IsRight => Missing.Count + False.Count + CompilerErrors.Count == 0;

    public override string ToString() =>
        $"{Found} of {Wanted} found, {False.Count} false\n"
        + string.Concat(CompilerErrors.Select(error => $"does not compile: {error}\n"))
        + string.Concat(Missing.Select(line => $"missing: {line}\n"))
        + string.Concat(False.Select(line => $"false:   {line}\n"));
}
