using System.Collections.Generic;
using System.Threading;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Effects.Solving;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Summaries;

/// <summary>
/// Finds the members that another assembly can reach, by name or through what they override and implement, and that block.
/// </summary>
internal sealed class ExportedBlockingMembers(GuardContext guard)
{
    private readonly bool _hasFriends = HasFriends(guard.Compilation.Assembly);
    private readonly Dictionary<string, MemberSummary> _found = new();

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<MemberSummary> Find(CancellationToken cancellation)
    {
        Read(guard.Compilation.Assembly.GlobalNamespace, cancellation);
        var sorted = new List<MemberSummary>(_found.Values);
        sorted.Sort(static (one, other) => string.CompareOrdinal(one.Id, other.Id));
        return sorted;
    }

    private void Read(INamespaceOrTypeSymbol container, CancellationToken cancellation)
    {
        foreach (var member in container.GetMembers())
        {
            cancellation.ThrowIfCancellationRequested();
            if (member is not INamespaceOrTypeSymbol inner) continue;
            if (inner is INamedTypeSymbol { TypeKind: not (TypeKind.Delegate or TypeKind.Enum) } type) ReadType(type);
            Read(inner, cancellation);
        }
    }

    private void ReadType(INamedTypeSymbol type)
    {
        if (IsReachable(type) && BlockingIndex.Of(guard).Contains(type.Name)) Add(type);
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: not (MethodKind.StaticConstructor or MethodKind.Destructor) } method
                && (IsReachable(method) || IsReachedByBase(method)))
                Add(method);
        }

        if (type.TypeKind == TypeKind.Interface) return;
        foreach (var implemented in type.AllInterfaces)
        {
            if (!IsOffered(implemented)) continue;
            foreach (var member in implemented.GetMembers())
            {
                if (member is IMethodSymbol && BlockingIndex.Of(guard).Contains(member)
                    && type.FindImplementationForInterfaceMember(member) is IMethodSymbol answer)
                    Add(answer.OriginalDefinition);
            }
        }
    }

    private void Add(ISymbol member)
    {
        if (!guard.IsOurs(member) || !BlockingIndex.Of(guard).Contains(member) || BlockingMarks.Of(guard).IsBlocking(member)) return;
        if (BlockingEffects.Of(guard).PathOf(member) is not { IsOnce: false } summary || member.GetDocumentationCommentId() is not { } id
            || _found.ContainsKey(id))
            return;
        _found.Add(id, new MemberSummary(id, summary.Way, member is IMethodSymbol method && HandedSequences.Of(guard).IsIterator(method)));
    }

    // Those that we derive from know our override only as theirs.
    private bool IsReachedByBase(IMethodSymbol method)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (IsOffered(current)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether calls of it by others are followed: it is ours and they see it, or it belongs to an assembly that declares what it does.
    /// </summary>
    private bool IsOffered(ISymbol member) =>
        guard.IsOurs(member) ? IsReachable(member) : BlockingSummaries.Of(guard).Cover(member.ContainingAssembly);

    private bool IsReachable(ISymbol member)
    {
        for (var current = member; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            switch (current.DeclaredAccessibility)
            {
                case Accessibility.Private:
                case Accessibility.Internal or Accessibility.ProtectedAndInternal when !_hasFriends:
                    return false;
            }
        }

        return true;
    }

    // [assembly: InternalsVisibleTo("Shop.Tests")]
    private static bool HasFriends(IAssemblySymbol assembly)
    {
        foreach (var data in assembly.GetAttributes())
        {
            if (data.AttributeClass?.Name == WellKnownAttribute.InternalsVisibleTo) return true;
        }

        return false;
    }
}
