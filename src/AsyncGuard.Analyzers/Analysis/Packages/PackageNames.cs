using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Packages;

/// <summary>
/// The names of an assembly's public types, and of those of their methods that have an <c>…Async</c> beside them or may open a file. Read
/// from the tables of its metadata, without a symbol for each, once for all compilations that share it.
/// </summary>
internal sealed class PackageNames
{
    private const string Suffix = ConventionalNames.Async;

    private static readonly ConditionalWeakTable<IAssemblySymbol, PackageNames> Known = new();

    private PackageNames()
    {
    }

    public HashSet<string> Types { get; } = new();

    /// <summary>What comes before the suffix.</summary>
    public HashSet<string> Awaitable { get; } = new();

    /// <summary>The names of methods that may open a file or go through a stream.</summary>
    public HashSet<string> Files { get; } = new();

    /// <summary>By the same names, the static classes that may hold them as extensions, as metadata calls them.</summary>
    public Dictionary<string, List<string>> Extensions { get; } = new();

    public static PackageNames Of(IAssemblySymbol assembly, Compilation compilation) =>
        Known.TryGetValue(assembly, out var known) ? known : Known.GetValue(assembly, read => Read(read, compilation));

    private static PackageNames Read(IAssemblySymbol assembly, Compilation compilation)
    {
        var names = new PackageNames();
        if (compilation.GetMetadataReference(assembly) is not PortableExecutableReference reference
            || reference.GetMetadata() is not AssemblyMetadata metadata)
            return names;
        foreach (var module in metadata.GetModules()) names.Add(module.GetMetadataReader());
        GC.KeepAlive(metadata);
        return names;
    }

    private void Add(MetadataReader reader)
    {
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) is not (TypeAttributes.Public or TypeAttributes.NestedPublic)) continue;
            var name = reader.GetString(type.Name);
            var tick = name.IndexOf('`');
            Types.Add(tick < 0 ? name : name.Substring(0, tick));
            const TypeAttributes staticClass = TypeAttributes.Abstract | TypeAttributes.Sealed;
            var holder = (type.Attributes & staticClass) == staticClass && !type.Namespace.IsNil
                ? reader.GetString(type.Namespace) + "." + name : null;
            bool isNamed = false, isStreamed = false;
            foreach (var method in type.GetMethods())
            {
                var definition = reader.GetMethodDefinition(method);
                Add(reader, definition, holder);
                AddConstructor(reader, definition, ref isNamed, ref isStreamed);
            }

            if (!isNamed || !isStreamed) continue;
            Files.Add(ApiTable.ConstructorOf(tick < 0 ? name : name.Substring(0, tick)));
            Files.Add(CallNames.Creation);
        }
    }

    // new Image(string path) beside new Image(Stream stream)
    private static void AddConstructor(MetadataReader reader, MethodDefinition method, ref bool isNamed, ref bool isStreamed)
    {
        const MethodAttributes looked = MethodAttributes.MemberAccessMask | MethodAttributes.RTSpecialName | MethodAttributes.Static;
        if ((method.Attributes & looked) != (MethodAttributes.Public | MethodAttributes.RTSpecialName)) return;
        var signature = reader.GetBlobReader(method.Signature);
        signature.ReadSignatureHeader();
        if (signature.ReadCompressedInteger() == 0 || signature.ReadSignatureTypeCode() != SignatureTypeCode.Void) return;
        switch (signature.ReadSignatureTypeCode())
        {
            case SignatureTypeCode.String:
                isNamed = true;
                break;
            case SignatureTypeCode.TypeHandle when signature.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type:
                isStreamed |= FileMemberNames.IsStream(reader.GetTypeReference((TypeReferenceHandle)type).Name, reader);
                break;
        }
    }

    private void Add(MetadataReader reader, MethodDefinition method, string? holder)
    {
        if ((method.Attributes & MethodAttributes.MemberAccessMask) != MethodAttributes.Public) return;
        if (!IsAwaitable(reader, method.Name))
        {
            AddFile(reader, method, holder);
            return;
        }

        var name = reader.GetString(method.Name);
        name = name.Substring(0, name.Length - Suffix.Length);
        Awaitable.Add(name);
        AddExtension(name, holder);
    }

    private void AddFile(MetadataReader reader, MethodDefinition method, string? holder)
    {
        if (!Array.Exists(FileMemberNames.Verbs, verb => reader.StringComparer.StartsWith(method.Name, verb))) return;
        var name = reader.GetString(method.Name);
        if (!FileMemberNames.Have(name)) return;
        foreach (var handle in method.GetParameters())
        {
            if (!FileMemberNames.UseStream(name) && !FileMemberNames.MakesOfStream(name)
                && reader.GetString(reader.GetParameter(handle).Name) is var parameter
                && !FileMemberNames.Open(name, parameter) && !FileMemberNames.OpenBeside(name, parameter))
                continue;
            Files.Add(name);
            AddExtension(name, holder);
            return;
        }
    }

    private void AddExtension(string name, string? holder)
    {
        if (holder is null) return;
        if (!Extensions.TryGetValue(name, out var holders)) Extensions.Add(name, holders = new List<string>());
        if (holders.Count == 0 || holders[holders.Count - 1] != holder) holders.Add(holder);
    }

    // No string is made for the names of all the other methods.
    private static bool IsAwaitable(MetadataReader reader, StringHandle name)
    {
        var bytes = reader.GetBlobReader(name);
        if (bytes.Length <= Suffix.Length) return false;
        bytes.Offset = bytes.Length - Suffix.Length;
        foreach (var letter in Suffix)
        {
            if (bytes.ReadByte() != letter) return false;
        }

        return true;
    }
}
