using System.Collections.Immutable;
using System.IO;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace AsyncGuard.Cli.Loading;

/// <summary>
/// The declarations of a compilation without their bodies, in memory: what a reference assembly holds that the build writes, and never
/// older than the source.
/// </summary>
internal static class MetadataImage
{
    private static readonly EmitOptions DeclarationsOnly = new(metadataOnly: true, includePrivateMembers: true);

    /// <summary>Null where the declarations have errors.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="path">The file that the build writes, by which rules know that it belongs to a project.</param>
    public static PortableExecutableReference? Of(Compilation compilation, string? path)
    {
        using var image = new MemoryStream();
        if (!compilation.Emit(image, options: DeclarationsOnly).Success) return null;
        return MetadataReference.CreateFromImage(ImmutableArray.Create(image.GetBuffer(), 0, (int)image.Length), filePath: path);
    }
}
