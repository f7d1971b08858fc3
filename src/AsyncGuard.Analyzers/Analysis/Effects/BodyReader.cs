using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Reads what the body of a member calls while it runs on the thread of its caller, in the order of the source.</summary>
internal sealed class BodyReader(GuardContext guard)
{
    /// <summary>The calls that may block; only the first that blocks by itself, where there is one.</summary>
    public IReadOnlyList<BodyCall> Read(ISymbol member)
    {
        var calls = new List<BodyCall>();
        foreach (var body in Bodies.Of(guard).OperationsOf(member))
        {
            if (Walk(body, new Graph(body), member, calls) is { } leaf) return [leaf];
        }

        if (member is IMethodSymbol constructor && Bodies.ImplicitBase(constructor) is { } @base)
            calls.Add(new BodyCall(MemberNames.Short(@base), constructor.DeclaringSyntaxReferences.IsEmpty ? TypeOf(constructor) : constructor.DeclaringSyntaxReferences[0].GetSyntax(), ImmutableArray.Create<ISymbol>(@base)));

        // What a type does at its first touch counts where async code touches it, or another type that starts: further away it has long been done.
        if (member is not INamedTypeSymbol) calls.RemoveAll(static call => call.InitializedType is not null);
        return calls;
    }

    private static SyntaxNode TypeOf(IMethodSymbol constructor) => constructor.ContainingType.DeclaringSyntaxReferences[0].GetSyntax();

    private BodyCall? Walk(IOperation operation, Graph graph, ISymbol member, List<BodyCall> calls)
    {
        if (operation is INameOfOperation or ILocalFunctionOperation && operation != graph.Body) return null;
        // if (broken) throw Failure(): what a failure costs on its way out is not what the call costs
        if (operation is IThrowOperation) return null;
        if (operation is IAnonymousFunctionOperation lambda && operation != graph.Body && !RunsHere(lambda)) return null;

        if (BlockingLeaf.NameOf(operation, graph.Create, guard) is { } name)
            return OnceOnly.Is(operation, member) ? null : new BodyCall(name, operation.Syntax, ImmutableArray<ISymbol>.Empty);
        if (CalledMembers.OfBlocking(guard).IsWorthFollowing(operation, member) && !OnceOnly.Is(operation, member)) CalledMembers.OfBlocking(guard).Collect(operation, member, graph.Create, calls);
        foreach (var child in operation.ChildOperations)
        {
            if (Walk(child, graph, member, calls) is { } leaf) return leaf;
        }

        return null;
    }

    private bool RunsHere(IAnonymousFunctionOperation lambda) => !CodeContext.IsAsyncFunction(lambda.Symbol, guard) && DelegateUse.Of(lambda, guard).Kind == DelegateUseKind.InPlace;

    /// <summary>The control flow around a body, made only where somebody asks.</summary>
    private sealed class Graph(IOperation body)
    {
        private ControlFlowGraph? _graph;

        public IOperation Body { get; } = body;

        public ControlFlowGraph Create()
        {
            if (_graph is not null) return _graph;
            var root = FlowGraphs.RootOf(Body);
            return _graph = root switch
            {
                IMethodBodyOperation method => ControlFlowGraph.Create(method),
                IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor),
                IFieldInitializerOperation field => ControlFlowGraph.Create(field),
                IPropertyInitializerOperation property => ControlFlowGraph.Create(property),
                IParameterInitializerOperation parameter => ControlFlowGraph.Create(parameter),
                _ => ControlFlowGraph.Create((IBlockOperation)root),
            };
        }
    }
}
