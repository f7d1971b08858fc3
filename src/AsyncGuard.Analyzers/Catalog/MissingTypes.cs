using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>
/// The names of types that no reference of a compilation holds. Kept with the references, which an edit leaves as they are, so that the
/// compilation after a keystroke does not search all of them again for packages that are not there.
/// </summary>
internal sealed class MissingTypes
{
    private static readonly ConditionalWeakTable<MetadataReference, MissingTypes> Known = new();

    private readonly ImmutableArray<MetadataReference> _references;
    private readonly ConcurrentDictionary<string, byte> _names = new();

    private MissingTypes(ImmutableArray<MetadataReference> references) => _references = references;

    public static MissingTypes Of(Compilation compilation)
    {
        var references = compilation.ExternalReferences;
        if (references.IsDefaultOrEmpty) return new MissingTypes(references);
        var last = references[references.Length - 1];
        if (Known.TryGetValue(last, out var known) && known._references == references) return known;

        // Compilations that end with the same reference take turns; what is lost is time.
        var made = new MissingTypes(references);
        lock (Known)
        {
            Known.Remove(last);
            Known.Add(last, made);
        }

        return made;
    }

    /// <summary>Whether the references have been searched for the name in vain.</summary>
    public bool Have(string metadataName) => _names.ContainsKey(metadataName);

    public void Add(string metadataName) => _names.TryAdd(metadataName, 0);
}
