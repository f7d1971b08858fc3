using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A file, archive or stream that is opened for reading only, or comes from a response: when it closes, there is nothing left to write.</summary>
internal static class ReadOnlyObject
{
    private const int FileAccessRead = 1;

    /// <summary><code>File.OpenRead(path)      new FileStream(path, FileMode.Open, FileAccess.Read)      new ZipArchive(stream)      new GZipStream(stream, CompressionMode.Decompress)</code></summary>
    public static bool Is(IOperation? value)
    {
        while (value is IConversionOperation conversion) value = conversion.Operand;
        return value switch
        {
            // await client.GetStreamAsync(url), await response.Content.ReadAsStreamAsync()
            IAwaitOperation { Operation: var awaited } => Unwrapped.Awaited(awaited) is IInvocationOperation { TargetMethod: { Name: "GetStreamAsync" or "ReadAsStreamAsync", ContainingType.Name: "HttpClient" or "HttpContent" } },
            IInvocationOperation { TargetMethod: { Name: "OpenRead", ContainingType.Name: "File" or "FileInfo" or "ZipFile" } } => true,
            IInvocationOperation { TargetMethod: { Name: "Open", ContainingType.Name: "File" or "FileInfo" } } open => Reads(open.Arguments, "FileAccess", FileAccessRead) == true,
            IObjectCreationOperation { Type.Name: "FileStream" } creation => Reads(creation.Arguments, "FileAccess", FileAccessRead) == true,
            IObjectCreationOperation { Type.Name: "ZipArchive" } creation => Reads(creation.Arguments, "ZipArchiveMode", 0) != false,
            IObjectCreationOperation { Type.Name: "GZipStream" or "DeflateStream" or "BrotliStream" or "ZLibStream" } creation => Reads(creation.Arguments, "CompressionMode", 0) == true,
            _ => false,
        };
    }

    // The constant that says what it is opened for; null where nothing does.
    private static bool? Reads(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments, string type, int reading)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type.Name == type) return argument.Value.ConstantValue is { HasValue: true, Value: int value } && value == reading;
        }

        return null;
    }
}
