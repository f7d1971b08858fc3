using System;
using System.Reflection.Metadata;

namespace AsyncGuard.Catalog;

/// <summary>
/// Which members of packages open a file by its name, or go through a stream that they receive, recognized by their names and those of
/// their parameters: <c>Load(string fileName)</c>, <c>Save(Stream stream)</c>, <c>new Image(string path)</c> beside
/// <c>new Image(Stream stream)</c>.
/// </summary>
internal static class FileMemberNames
{
    private const StringComparison Exact = StringComparison.Ordinal;

    /// <summary>What the names begin with.</summary>
    public static readonly string[] Verbs =
    [
        "Load", "Save", "Read", "Write", "Import", "Export", "Open", "Parse", "Serialize", "Deserialize", "Try", "load", "save", FromStream,
    ];

    private const string FromStream = "FromStream";

    private static readonly string[] ReadLater =
    [
        "Writer", "Logger", "Log", "Stream", "Sink", "Provider", "Content", "Attachment", "Part", "Source", "Resource", "Request",
        "FileSystem",
    ];

    // CliWrap.PipeSource.FromStream, InputFile.FromStream: what they hold is read when it is sent
    private static readonly string[] KeptLater = ["Source", "Context", "File", "Content", "Attachment", "Part", "Request", "Reference"];

    /// <summary>Whether a member of this name may be one, whatever its parameters.</summary>
    public static bool Have(string method)
    {
        switch (method.Length == 0 ? ' ' : method[0])
        {
            case 'F':
                return MakesOfStream(method);
            case 'L' or 'S' or 'R' or 'W' or 'I' or 'E' or 'O' or 'P' or 'D' or 'T' or 'l' or 's':
                return UseStream(method) || OpenByName(method, isPath: false) || OpensBeside(method);
            default:
                return false;
        }
    }

    /// <summary>Whether a member of this name opens the file that the parameter names.</summary>
    public static bool Open(string method, string parameter) =>
        IsFile(parameter) ? OpenByName(method, isPath: false) : parameter == ParameterNames.Path && OpenByName(method, isPath: true);

    /// <summary>
    /// Whether a member of this name opens the file that the parameter names, where an overload takes a stream in its place:
    /// <c>Open(string path)</c> beside <c>Open(Stream stream)</c>.
    /// </summary>
    public static bool OpenBeside(string method, string parameter) => OpensBeside(method) && NameFile(parameter);

    /// <summary>Whether a parameter of this name is the name of a file, where a stream may stand in its place.</summary>
    public static bool NameFile(string parameter) =>
        IsFile(parameter) || parameter == ParameterNames.Path || parameter.EndsWith("Path", Exact);

    /// <summary>Whether metadata calls a type as a stream is called.</summary>
    public static bool IsStream(StringHandle type, MetadataReader reader) => reader.StringComparer.Equals(type, nameof(System.IO.Stream));

    /// <summary>
    /// Whether an object of the type reads the file that it is made of, rather than to open it for others, or to keep its name until it is
    /// sent.
    /// </summary>
    public static bool ReadWhenMade(string type, string parameter)
    {
        foreach (var kind in ReadLater)
        {
            if (type.EndsWith(kind, Exact)) return false;
        }

        return NameFile(parameter) && !parameter.StartsWith("output", Exact) && !parameter.StartsWith("target", Exact)
            && !parameter.StartsWith("dest", Exact);
    }

    /// <summary>Whether a member of this name goes through the stream that it receives before it returns.</summary>
    public static bool UseStream(string method)
    {
        method = WithoutTry(method);
        return IsSaved(method) || IsRead(method) || method is "Open" || Begins(method, "Parse") || Begins(method, "Serialize")
            || Begins(method, "Deserialize");
    }

    /// <summary>Whether a member of this name goes through the reader of text that it receives.</summary>
    public static bool UseReader(string method) => TakeIn(WithoutTry(method)) || Begins(method, "Parse") || Begins(method, "Deserialize");

    /// <summary>Whether a member of this name writes all that it has to say to the writer of text that it receives.</summary>
    public static bool UseWriter(string method) => Put(WithoutTry(method)) || Begins(method, "Serialize");

    /// <summary>Whether a static member of this name reads the stream that it makes an object of.</summary>
    public static bool MakesOfStream(string method) => method == FromStream;

    /// <summary>Whether an object of the type keeps the stream that it is made of until it is sent or read.</summary>
    public static bool KeepsStream(string type) => Array.Exists(KeptLater, kind => type.EndsWith(kind, Exact));

    /// <summary>Whether a member of this name reads the stream or reader that it receives, and keeps in its object what it read.</summary>
    public static bool TakeIn(string method) =>
        method is "load" or "Parse" or "Deserialize" || Begins(method, "Load") || Begins(method, "Read");

    /// <summary>Whether a member of this name writes what it receives.</summary>
    public static bool Put(string method) =>
        method is "save" || Begins(method, "Save") || Begins(method, "Write") || Begins(method, "Export");

    /// <summary>Whether a generic type of this name holds the bytes themselves.</summary>
    public static bool HoldContent(string type) => type is "ReadOnlySpan" or "ReadOnlyMemory" or "Span" or "Memory" or "ReadOnlySequence";

    /// <summary>Whether the type stands for files in memory: <c>MockFile</c>, <c>InMemoryFileStreamProvider</c>.</summary>
    public static bool IsStandIn(string type) =>
        type.IndexOf("Mock", Exact) >= 0 || type.IndexOf("Memory", Exact) >= 0 || type.IndexOf("Fake", Exact) >= 0
        || type.IndexOf("Stub", Exact) >= 0 || type.IndexOf("Simulat", Exact) >= 0;

    // A path may be one of a document, a URL or a registry as well; to load or save it is of a file.
    private static bool OpenByName(string method, bool isPath)
    {
        method = WithoutTry(method);
        return IsSaved(method) || IsAllOfFile(method) || (IsRead(method) && (!isPath || method.EndsWith("File", Exact)))
            || (!isPath && method is "Open" or "ParseFile")
            || (method.StartsWith("Parse", Exact) && method.EndsWith("FromFile", Exact));
    }

    // Open, OpenArchive, Read, Parse; a writer is only opened
    private static bool OpensBeside(string method) =>
        (Begins(method, "Open") && !method.StartsWith("OpenWrite", Exact)) || IsRead(method) || method is "Parse";

    // Load, LoadFromFile, LoadModel, SaveAs, SaveCsv, ExportToFile
    private static bool IsSaved(string method) =>
        method is "load" or "save" || Begins(method, "Load") || Begins(method, "Save") || Begins(method, "Export");

    // Read, ReadFrom, ReadTextFile, WriteTo, WriteJpeg, ImportFromFile
    private static bool IsRead(string method) => Begins(method, "Read") || Begins(method, "Write") || Begins(method, "Import");

    private static bool IsAllOfFile(string method) =>
        method is "ReadAllText" or "ReadAllBytes" or "ReadAllLines" or "WriteAllText" or "WriteAllBytes" or "WriteAllLines";

    // The verb and a word after it: LoadImage, not Loading; what is said of a link, a header or an entry need not be of a file's content.
    private static bool Begins(string method, string verb) =>
        method.StartsWith(verb, Exact) && (method.Length == verb.Length || char.IsUpper(method[verb.Length]))
        && method.IndexOf("Link", Exact) < 0 && method.IndexOf("Header", Exact) < 0 && method.IndexOf("Entry", Exact) < 0;

    // file, fileName, filePath, assemblyFile, sourceFilePath
    private static bool IsFile(string parameter) =>
        parameter is "file" or "fileName" or "filename" or "filePath" or "filepath" or "fname" || parameter.EndsWith("File", Exact)
        || parameter.EndsWith("FileName", Exact) || parameter.EndsWith("Filename", Exact) || parameter.EndsWith("FilePath", Exact);

    // Without a new string: most names that begin so are others.
    private static string WithoutTry(string method) => method switch
    {
        "TryLoad" => "Load",
        "TrySave" => "Save",
        "TryRead" => "Read",
        "TryWrite" => "Write",
        "TryImport" => "Import",
        "TryExport" => "Export",
        "TryOpen" => "Open",
        "TryLoadFile" => "LoadFile",
        "TryReadFile" => "ReadFile",
        "TryLoadFromFile" => "LoadFromFile",
        _ => method,
    };
}
