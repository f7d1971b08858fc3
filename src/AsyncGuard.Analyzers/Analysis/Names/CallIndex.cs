using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Which members may lead to what a rule looks for, judged by their names and bodies. Wrong only in favour of a closer look.
/// </summary>
internal abstract class CallIndex(NameGraph graph)
{
    protected NameGraph Graph { get; } = graph;

    /// <summary>The names of members that may lead there.</summary>
    protected HashSet<string> Names { get; } = new();

    /// <summary>Whether a member of this name may lead there.</summary>
    public bool Contains(string name) => Names.Contains(name);

    /// <summary>Whether the member, or what a type runs when it is first touched, may lead there.</summary>
    public bool Contains(ISymbol member) => member switch
    {
        IMethodSymbol method => method.MethodKind switch
        {
            MethodKind.Constructor => Contains(CallNames.ConstructorOf(method.ContainingType.Name)),
            MethodKind.StaticConstructor => Contains(method.ContainingType.Name),
            MethodKind.UserDefinedOperator =>
                Contains(method.Name is WellKnownMemberNames.EqualityOperatorName or WellKnownMemberNames.InequalityOperatorName
                ? CallNames.Equality : CallNames.Operator),
            MethodKind.Conversion => Contains(CallNames.Conversion),
            MethodKind.AnonymousFunction or MethodKind.LocalFunction => HoldsInside(method),
            _ => Contains(NameOf(method.AssociatedSymbol ?? method)),
        },
        _ => Contains(NameOf(member)),
    };

    /// <summary>Whether the body of the member itself leads there; the finer test, for a member that is held.</summary>
    public bool Leads(ISymbol member)
    {
        if (member is INamedTypeSymbol started) return LeadsWhenMade(started, started.Name);
        if (member is not IMethodSymbol { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction) } method) return true;
        if (method.MethodKind == MethodKind.Constructor)
            return LeadsWhenMade(method.ContainingType, CallNames.ConstructorOf(method.ContainingType.Name));
        if (method.MethodKind == MethodKind.StaticConstructor) return LeadsWhenMade(method.ContainingType, method.ContainingType.Name);
        if (method.Name == WellKnownMemberNames.TopLevelStatementsEntryPointMethodName) return true;
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (BodyAround(reference) is { } body && Leads(body)) return true;
        }

        return false;
    }

    private bool LeadsWhenMade(INamedTypeSymbol type, string declared)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (Graph.NamesIn(reference.SyntaxTree).OfType(reference.Span, declared) is { } body && Leads(body)) return true;
        }

        return false;
    }

    /// <summary>Whether the body leads there.</summary>
    protected abstract bool Leads(BodyNames body);

    /// <summary>Whether a lambda or a local function, which stand in the body of another member, may lead there.</summary>
    protected abstract bool HoldsInside(IMethodSymbol function);

    /// <summary>
    /// The member around a declaration, or null where it mentions nothing, or is one of those that run when their type is made.
    /// </summary>
    protected BodyNames? BodyAround(SyntaxReference declaration) => Graph.NamesIn(declaration.SyntaxTree).Around(declaration.Span);

    // void IStore.Save() is called Save
    private static string NameOf(ISymbol member)
    {
        if (member is IPropertySymbol { IsIndexer: true }) return CallNames.Indexer;
        var dot = member.Name.LastIndexOf('.');
        return dot < 0 ? member.Name : member.Name.Substring(dot + 1);
    }
}
