using System.Collections.Concurrent;
using AsyncGuard.Analysis.Packages;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// The members of packages that open a file by its name or go through a stream, and that the catalog says nothing of. Decided by their
/// names and those of their parameters, once for each member.
/// <code>
/// var image = Png.Open("a.png"); // Open(string filePath, …)
/// </code>
/// </summary>
internal sealed class PackageFiles
{
    private static readonly Engine<PackageFiles> Engine = new(static guard => new PackageFiles(guard));

    private readonly GuardContext _guard;
    private readonly ConcurrentDictionary<ISymbol, Use> _uses = new(SymbolEqualityComparer.Default);

    private PackageFiles(GuardContext guard) => _guard = guard;

    private enum Use
    {
        None,
        File,
        Stream,
    }

    public static PackageFiles Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether a member may be one, by its name and where it comes from.</summary>
    public static bool MayHave(ISymbol member, GuardContext guard) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary } && FileMemberNames.Have(member.Name)
        && PackageTwinNames.MayBeOfPackage(member, guard);

    /// <summary>Whether the call reads or writes a file, or a stream that is not known to be in memory.</summary>
    public bool Have(IInvocationOperation call)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (!MayHave(method, _guard)) return false;
        var use = _uses.TryGetValue(method, out var known) ? known : _uses.GetOrAdd(method, Find(method));
        return use != Use.None && !IsOfMemory(call.Instance?.Type) && (use == Use.File || !IsGivenMemory(call));
    }

    private Use Find(IMethodSymbol method)
    {
        if (_guard.Awaitables.IsAwaitable(method.ReturnType) || _guard.Apis.EntryOf(method) is not null || IsOfMemory(method.ContainingType)
            || SequenceItems.AsyncOf(method.ReturnType, _guard) is not null || IsOpened(method.ReturnType))
            return Use.None;
        var holdsContent = false;
        foreach (var parameter in method.Parameters)
        {
            if (IsStream(parameter.Type)) return FileMemberNames.UseStream(method.Name) ? Use.Stream : Use.None;
            holdsContent |= IsContent(parameter.Type);
        }

        // Load(byte[] data, string fileName) reads the bytes, Save(string fileName, byte[] data) writes them.
        return NamesFile(method) && (!holdsContent || FileMemberNames.Put(method.Name)) ? Use.File : Use.None;
    }

    // Load(string fileName), SaveCsv(this Frame frame, string path); but not Load(string text, string fileName)
    private static bool NamesFile(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_String })
                return parameter.Ordinal <= (method.IsStatic ? 1 : 0) && FileMemberNames.Open(method.Name, parameter.Name);
        }

        return false;
    }

    private bool IsContent(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => true,
        INamedTypeSymbol { Arity: 1 } span when FileMemberNames.HoldContent(span.Name) => true,
        _ => IsOpened(type),
    };

    private bool IsStream(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, _guard.Types.Stream);

    // Stream OpenEntry(Stream archive), TextReader ReadFile(string path): what is opened is read when it is read
    private bool IsOpened(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (IsStream(type) || SymbolEqualityComparer.Default.Equals(type, _guard.Types.TextReader)
                || SymbolEqualityComparer.Default.Equals(type, _guard.Types.TextWriter))
                return true;
        }

        return false;
    }

    private bool IsOfMemory(ITypeSymbol? type) =>
        type is not null && (FileMemberNames.IsStandIn(type.Name) || _guard.Apis.TypeHas(type, ApiTraits.NoTwin | ApiTraits.InMemory));

    private bool IsGivenMemory(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (InMemory.Is(argument.Value, _guard)) return true;
        }

        return false;
    }
}
