using System.Collections.Concurrent;
using System.Collections.Immutable;
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
/// var book = new Workbook("a.xlsx"); // Workbook(string path), beside Workbook(Stream stream)
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
    public static bool MayHave(ISymbol member, GuardContext guard) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Ordinary } =>
            FileMemberNames.Have(member.Name) && PackageTwinNames.MayBeOfPackage(member, guard),
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: { Length: > 0 } parameters } =>
            parameters[0].Type.SpecialType == SpecialType.System_String && FileMemberNames.NameFile(parameters[0].Name)
            && PackageTwinNames.MayBeOfPackage(member, guard),
        _ => false,
    };

    /// <summary>Whether the call reads or writes a file, or a stream that is not known to be in memory.</summary>
    public bool Have(IInvocationOperation call)
    {
        var use = UseOf((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition);
        return use != Use.None && !IsOfMemory(call.Instance?.Type) && (use == Use.File || !IsGivenMemory(call));
    }

    /// <summary>Whether the object reads the file that it is made of.</summary>
    public bool Have(IObjectCreationOperation creation) =>
        creation.Constructor is { } constructor && UseOf(constructor.OriginalDefinition) == Use.File;

    private Use UseOf(IMethodSymbol method)
    {
        if (!MayHave(method, _guard)) return Use.None;
        if (_uses.TryGetValue(method, out var known)) return known;
        return _uses.GetOrAdd(method, method.MethodKind == MethodKind.Constructor ? FindMade(method) : Find(method));
    }

    // new Workbook(string path), beside new Workbook(Stream stream)
    private Use FindMade(IMethodSymbol constructor)
    {
        var type = constructor.ContainingType;
        if (!FileMemberNames.ReadWhenMade(type.Name, constructor.Parameters[0].Name) || IsOfMemory(type) || IsOpened(type)
            || _guard.Apis.EntryOf(constructor) is not null || HoldsContent(constructor))
            return Use.None;
        return HasBeside(constructor, type.InstanceConstructors, 0) ? Use.File : Use.None;
    }

    private bool HoldsContent(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (IsContent(parameter.Type)) return true;
        }

        return false;
    }

    // An overload that takes a stream where this one takes the name of a file.
    private bool HasBeside<T>(IMethodSymbol method, ImmutableArray<T> others, int at)
        where T : ISymbol
    {
        foreach (var other in others)
        {
            if (other is IMethodSymbol { DeclaredAccessibility: Accessibility.Public } overload && overload.Parameters.Length > at
                && overload.IsStatic == method.IsStatic && IsStream(overload.Parameters[at].Type)
                && (at == 0 || SymbolEqualityComparer.Default.Equals(overload.Parameters[0].Type, method.Parameters[0].Type)))
                return true;
        }

        return false;
    }

    private Use Find(IMethodSymbol method)
    {
        if (_guard.Awaitables.IsAwaitable(method.ReturnType) || _guard.Apis.EntryOf(method) is not null || IsOfMemory(method.ContainingType)
            || SequenceItems.AsyncOf(method.ReturnType, _guard) is not null || IsOpened(method.ReturnType))
            return Use.None;
        var holdsContent = false;
        foreach (var parameter in method.Parameters)
        {
            if (IsStream(parameter.Type)) return GoesThroughStream(method) ? Use.Stream : Use.None;
            if (GoesThroughText(method, parameter.Type)) return Use.Stream;
            holdsContent |= IsContent(parameter.Type);
        }

        // Load(byte[] data, string fileName) reads the bytes, Save(string fileName, byte[] data) writes them.
        return NamesFile(method) && (!holdsContent || FileMemberNames.Put(method.Name)) ? Use.File : Use.None;
    }

    private bool GoesThroughStream(IMethodSymbol method) =>
        FileMemberNames.UseStream(method.Name) || (method.IsStatic && FileMemberNames.MakesOfStream(method.Name)
        && !FileMemberNames.KeepsStream(method.ContainingType.Name));

    // Parse(TextReader reader), Serialize(TextWriter writer, …)
    private bool GoesThroughText(IMethodSymbol method, ITypeSymbol type) =>
        Derives(type, _guard.Types.TextReader) ? FileMemberNames.UseReader(method.Name)
        : Derives(type, _guard.Types.TextWriter) && FileMemberNames.UseWriter(method.Name);

    // Load(string fileName), SaveCsv(this Frame frame, string path); but not Load(string text, string fileName)
    private bool NamesFile(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter is not { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_String }) continue;
            return parameter.Ordinal <= (method.IsStatic ? 1 : 0) && (FileMemberNames.Open(method.Name, parameter.Name)
                || (FileMemberNames.OpenBeside(method.Name, parameter.Name)
                && HasBeside(method, method.ContainingType.GetMembers(method.Name), parameter.Ordinal)));
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
    private bool IsOpened(ITypeSymbol? type) =>
        Derives(type, _guard.Types.Stream) || Derives(type, _guard.Types.TextReader) || Derives(type, _guard.Types.TextWriter);

    private static bool Derives(ITypeSymbol? type, INamedTypeSymbol? from)
    {
        for (; type is not null && from is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, from)) return true;
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
