using System.Collections.Concurrent;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// Which names mean a member that blocks. The index says by the text which may lead to a blocking call; here the few bodies that are so
/// called are followed there, which is far less than to bind all that mention them. Wrong only in favour of a closer look.
/// </summary>
internal sealed class BlockingNames(GuardContext guard)
{
    private static readonly Engine<BlockingNames> Engine = new(static guard => new BlockingNames(guard));

    private readonly ConcurrentDictionary<string, bool> _known = new();

    public static BlockingNames Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether some member of the name blocks, or hands out something that may.</summary>
    public bool MayBlock(string name) => _known.TryGetValue(name, out var known) ? known : _known.GetOrAdd(name, Find(name));

    private bool Find(string name)
    {
        var index = BlockingIndex.Of(guard);
        if (index.IsForeign(name)) return true;
        var bodies = index.LeadingBodiesOf(name);

        // Of a name that many types share, most may not be the one that is called, and to follow them is to bind what is not asked for.
        foreach (var body in bodies)
        {
            if (body.Owner is null || body.Owner != bodies[0].Owner) return true;
        }

        foreach (var body in bodies)
        {
            if (MayBlock(body)) return true;
        }

        return false;
    }

    // Operators and values that hold code are called in other ways than by their names.
    private bool MayBlock(BodyNames body)
    {
        if (body.Held is not null) return true;
        return body.Tree.GetRoot().FindNode(body.Span, getInnermostNodeForTie: true) switch
        {
            TypeDeclarationSyntax type when body.IsOfType => Bodies.Of(guard).MemberAt(type) is not INamedTypeSymbol symbol
                || MayBlockWhenMade(symbol),
            MethodDeclarationSyntax method => Bodies.Of(guard).MemberAt(method) is not IMethodSymbol symbol
                || MayBlock(symbol.PartialDefinitionPart ?? symbol, symbol.ReturnType),
            PropertyDeclarationSyntax property => Bodies.Of(guard).MemberAt(property) is not IPropertySymbol symbol
                || (symbol.GetMethod is { } getter && MayBlock(getter, symbol.Type))
                || (symbol.SetMethod is { } setter && MayBlock(setter, symbol.Type)),
            _ => true,
        };
    }

    private bool MayBlockWhenMade(INamedTypeSymbol type)
    {
        if (BlockingEffects.Of(guard).PathOf(type) is not null) return true;
        foreach (var constructor in type.InstanceConstructors)
        {
            if (BlockingMarks.Of(guard).IsBlocking(constructor) || BlockingEffects.Of(guard).PathOf(constructor) is not null) return true;
        }

        return false;
    }

    private bool MayBlock(IMethodSymbol member, ITypeSymbol result) =>
        result.TypeKind is TypeKind.Delegate or TypeKind.TypeParameter or TypeKind.Error || result.Name == PlainTypeNames.Lazy
        || BlockingMarks.Of(guard).IsBlocking(member)
        || BlockingEffects.Of(guard).PathOf(member) is not null
        || (member.IsStatic && BlockingEffects.Of(guard).PathOf(member.ContainingType.OriginalDefinition) is not null);
}
