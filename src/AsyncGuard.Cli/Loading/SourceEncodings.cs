using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Cli.Loading;

/// <summary>
/// Files that are neither UTF-8 nor have a byte order mark. A workspace reads their other characters as U+FFFD, so that what is written
/// back would lose them; the compiler takes such a file for one of Windows' code page 1252.
/// </summary>
internal static class SourceEncodings
{
    private const char Lost = '\uFFFD';

    // In Latin-1, the byte of '…' would end a line.
    private static readonly Encoding SingleByte = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The solution in which each of these files of the project has one character for each byte.</summary>
    public static async Task<Solution> ReadAgainAsync(Solution solution, ProjectId id, CancellationToken cancellationToken)
    {
        var read = new List<(DocumentId Document, SourceText Text)>();
        foreach (var document in solution.GetProject(id)!.Documents)
        {
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            if (document.FilePath is not { } path || !Holds(text, Lost) || !File.Exists(path)) continue;
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            if (!IsUtf8(bytes)) read.Add((document.Id, SourceText.From(SingleByte.GetString(bytes), SingleByte)));
        }

        foreach (var (document, text) in read) solution = solution.WithDocumentText(document, text);
        return solution;
    }

    // Without a string of the whole file, which there would be one of for each.
    private static bool Holds(SourceText text, char character)
    {
        var buffer = ArrayPool<char>.Shared.Rent(8192);
        try
        {
            for (var start = 0; start < text.Length; start += buffer.Length)
            {
                var count = Math.Min(buffer.Length, text.Length - start);
                text.CopyTo(start, buffer, 0, count);
                if (buffer.AsSpan(0, count).Contains(character)) return true;
            }

            return false;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    // U+FFFD may stand in a file as what it is.
    private static bool IsUtf8(byte[] bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) || bytes.AsSpan().StartsWith(Encoding.Unicode.Preamble)
        || bytes.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble);
}
