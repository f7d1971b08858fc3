using System.Collections.Concurrent;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Names;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// Which bodies may hold async code, and which of a set it may run: by the text and the syntax alone. Wrong only in favour of a closer
/// look.
/// </summary>
internal sealed class AsyncBodies(GuardContext guard)
{
    private static readonly Engine<AsyncBodies> Engine = new(static guard => new AsyncBodies(guard));

    private readonly ConcurrentDictionary<BodyNames, bool> _known = new();

    public static AsyncBodies Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether the body is async code, or has functions inside that may be.</summary>
    public bool MayHold(BodyNames body) =>
        body.IsAsync || (_known.TryGetValue(body, out var known) ? known : _known.GetOrAdd(body, HasFunctions(body)));

    /// <summary>Those of the bodies that async code may run, through whatever number of calls.</summary>
    public HashSet<int> Reached(IEnumerable<int> places, NameGraph graph)
    {
        var reached = new HashSet<int>();
        var unreached = new HashSet<BodyNames>();
        foreach (var place in places)
        {
            if (unreached.Contains(graph.Bodies[place])) continue;
            var closure = new BlockingClosure(graph, new HashSet<string>(), hasForeignNames: false);
            if (closure.CloseUntil([place], MayRun) is { } closed) unreached.UnionWith(closed);
            else reached.Add(place);
        }

        return reached;
    }

    // What a type does when it is first touched, async code asks for by the name of the type.
    private bool MayRun(BodyNames body) => body.IsOfStart || MayHold(body);

    // A top-level program is a body too, which may be async.
    private bool HasFunctions(BodyNames body)
    {
        var node = body.Tree.GetRoot().FindNode(body.Span, getInnermostNodeForTie: true);
        return node switch
        {
            CompilationUnitSyntax => true,
            MethodDeclarationSyntax { ReturnType: not PredefinedTypeSyntax } method =>
                IsAsync(method) || AsyncMembers.MayHoldAsyncFunctions(method),
            TypeDeclarationSyntax type => HasFunctionsWhenMade(type),
            _ => AsyncMembers.MayHoldAsyncFunctions(node),
        };
    }

    // Its awaitable may have another name.
    private bool IsAsync(MethodDeclarationSyntax method) =>
        Bodies.Of(guard).MemberAt(method) is not IMethodSymbol symbol || CodeContext.IsAsyncFunction(symbol, guard);

    private static bool HasFunctionsWhenMade(TypeDeclarationSyntax type)
    {
        if (type.BaseList is { } bases && AsyncMembers.MayHoldAsyncFunctions(bases)) return true;
        foreach (var member in type.Members)
        {
            if (member is ConstructorDeclarationSyntax or FieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null }
                && AsyncMembers.MayHoldAsyncFunctions(member))
                return true;
        }

        return false;
    }
}
