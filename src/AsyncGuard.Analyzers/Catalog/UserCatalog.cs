using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Catalog;

/// <summary>
/// The catalog files of a project: <c>AsyncGuard.*.txt</c> among its additional files. Each text is read once, whatever the number of
/// compilations.
/// </summary>
internal static class UserCatalog
{
    private const string Prefix = "AsyncGuard.";
    private const string Extension = ".txt";

    private static readonly ConditionalWeakTable<SourceText, ApiFile> Files = new();

    /// <summary>The built-in table with the project's entries on top.</summary>
    public static ApiTable TableFor(ImmutableArray<AdditionalText> additionalFiles)
    {
        List<ApiEntry>? entries = null;
        if (!additionalFiles.IsDefaultOrEmpty)
        {
            foreach (var file in additionalFiles)
            {
                if (Read(file) is { Entries.Count: > 0 } read) (entries ??= new List<ApiEntry>()).AddRange(read.Entries);
            }
        }

        return entries is null ? ApiTable.BuiltIn : ApiTable.BuiltIn.With(entries);
    }

    /// <summary>What the file says, or null where it is no catalog file or is not there.</summary>
    public static ApiFile? Read(AdditionalText file) =>
        IsCatalog(file.Path) && file.GetText() is { } text
        ? Files.GetValue(text, static text => ApiFile.Parse(new StringReader(text.ToString()))) : null;

    public static bool IsCatalog(AdditionalText file) => IsCatalog(file.Path);

    private static bool IsCatalog(string path)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        return name.Length > Prefix.Length + Extension.Length && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
    }
}
